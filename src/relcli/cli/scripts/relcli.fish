# relcli in fish. fish quotes what it inserts; nothing of what relcli answers is evaluated here.
function __relcli_complete
    set -l answer (_RELCLI_COMPLETE=fish _RELCLI_LINE=(commandline -cp | string collect) relcli 2>/dev/null </dev/null)
    if test "$answer[1]" = files
        __fish_complete_path (commandline -ct)
    else if set -q answer[2]
        printf '%s\n' $answer[2..-1]
    end
end
complete --command relcli --no-files --arguments '(__relcli_complete)'
