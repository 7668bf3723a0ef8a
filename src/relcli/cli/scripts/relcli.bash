# relcli in bash. What it offers is quoted by relcli itself, for the place where it goes; nothing of it is evaluated here.
_relcli_completion() {
    local program=$1 line
    local -a answer=()
    type -P -- "$program" >/dev/null || program=relcli
    while IFS= read -r line; do
        answer+=("$line")
    done < <(
        _RELCLI_COMPLETE=bash _RELCLI_LINE="${COMP_LINE:0:COMP_POINT}" _RELCLI_WORD="$2" _RELCLI_KEY="$COMP_TYPE" \
            "$program" 2>/dev/null </dev/null
    )
    COMPREPLY=()
    [[ ${answer[0]} == files ]] && return
    compopt +o default 2>/dev/null
    COMPREPLY=("${answer[@]:1}")
}
complete -o default -F _relcli_completion relcli
