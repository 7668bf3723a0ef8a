#compdef relcli
# relcli in zsh. compadd quotes what it inserts; nothing of what relcli answers is evaluated here.
_relcli() {
    local program=${(Q)words[1]} tab=$'\t' line
    local -a answer values shown
    whence -p -- "$program" >/dev/null || program=relcli
    answer=("${(@f)$(_RELCLI_COMPLETE=zsh "$program" "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null </dev/null)}")
    if [[ $answer[1] == files ]]; then
        _files
        return
    fi
    for line in "${(@)answer[2,-1]}"; do
        values+=("${line%%$tab*}")
        shown+=("${line/$tab/  -- }")
    done
    (( $#values )) || return 1
    compadd -U -l -d shown -a values
    # What was typed stays where the names have less in common than that.
    [[ $answer[1] == keep ]] && (( $#values > 1 )) && compstate[insert]=
    return 0
}
if [[ $funcstack[1] == _relcli ]]; then
    _relcli "$@"
else
    compdef _relcli relcli
fi
