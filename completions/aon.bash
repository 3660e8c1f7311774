# bash completion for aon; tests/scripts/cli_options.sh compares it with the program
_aon()
{
    local cur=${COMP_WORDS[COMP_CWORD]} last=${COMP_WORDS[COMP_CWORD - 1]} commands options file=
    commands="demo decide suite review find ablate minimize inspect compare generate eval show explain core fmt help"
    if [ "$COMP_CWORD" -eq 1 ] || { [ "$COMP_CWORD" -eq 2 ] && [ "${COMP_WORDS[1]}" = help ]; }; then
        COMPREPLY=($(compgen -W "$commands" -- "$cur"))
        return
    fi
    # FILE:STATEMENT is three words here
    if [ "$cur" = : ]; then
        file=$last cur=
    elif [ "$last" = : ]; then
        file=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    if [ -n "$file" ]; then
        COMPREPLY=($(compgen -W "$(sed -n "s/^statement  *\([A-Za-z0-9_]*\).*/\1/p" "$file" 2>/dev/null)" -- "$cur"))
        return
    fi
    case ${COMP_WORDS[1]} in
    demo) options="--count --seed --jobs --color --help --version" ;;
    decide) options="--output --without --weaken --only --drop --tex --standalone --html --json --quiet --color --help --version" ;;
    suite) options="--work --count --seed --witnesses --certificates --against --junit --jobs --json --quiet --color --help --version" ;;
    review) options="--work --count --seed --lock --accept --jobs --json --quiet --color --help --version" ;;
    find) options="--output --without --weaken --only --drop --max --min --because --grid --all --work --shard --resume --no-symmetry --verbose --count --seed --jobs --tex --standalone --html --json --quiet --color --help --version" ;;
    ablate) options="--output --without --weaken --only --drop --max --min --because --grid --work --no-symmetry --conjuncts --jobs --json --quiet --color --help --version" ;;
    minimize) options="--output --without --weaken --only --drop --because --grid --work --grade --jobs --json --quiet --color --help --version" ;;
    inspect) options="--lib --json --color --help --version" ;;
    compare) options="--lib --json --color --help --version" ;;
    generate) options="--output --without --weaken --only --drop --count --first --seed --for --d --d2 --n --k --rank --bits --denominators --query-len --chains --lin-rank --hidden-f --hidden-g --repeat --zero-rows --zero-tokens --parallel --degenerate --shift --skew --perturb --color --help --version" ;;
    eval) options="--lib --json --quiet --color --help --version" ;;
    show) options="--tex --standalone --html --color --help --version" ;;
    explain) options="--without --weaken --only --drop --max --min --grid --no-symmetry --symmetry --color --help --version" ;;
    core) options="--drop --color --help --version" ;;
    fmt) options="--in-place --color --help --version" ;;
    help) options="--color --help --version" ;;
    esac
    case $cur in
    -*) COMPREPLY=($(compgen -W "$options" -- "$cur")) ;;
    *) COMPREPLY=() ;; # names of files
    esac
}
complete -o bashdefault -o default -F _aon aon
