# The manual page and the completions of every shell have every option that --help has, and are well
# formed.
for form in man bash zsh fish; do
    dafu-index --manual=$form >index.$form
    dafu-search --manual=$form >search.$form
done
dafu-index --help | sed -n 's/^  \([a-z]*\) .*/\1/p' | grep -v '^help$' >commands
grep -c . commands | grep -q '^[0-9][0-9]*$' || echo "no commands"
while read -r command; do
    dafu-index "$command" --help
done <commands | grep -o -- '^ *\(-., \)\?--[a-z-]*' | grep -o -- '--.*' | sort -u >index.options
dafu-search --help | grep -o -- '^ *\(-., \)\?--[a-z-]*' | grep -o -- '--.*' | sort -u >search.options
for program in index search; do
    [ "$(grep -c . $program.options)" -gt 5 ] || echo "few options of $program"
    while read -r option; do
        name=${option#--}
        sed 's/\\-/-/g' $program.man | grep -qe "$option" || echo "$option is not in $program.man"
        grep -qe "$option\\b" $program.bash || echo "$option is not in $program.bash"
        grep -qe "$option\\b" $program.zsh || echo "$option is not in $program.zsh"
        grep -qe " -l $name\\b" $program.fish || echo "$option is not in $program.fish"
    done <$program.options
done
for command in $(cat commands); do
    for form in man bash zsh fish; do
        grep -q "\\b$command\\b" index.$form || echo "$command is not in index.$form"
    done
done
for program in index search; do
    bash -n $program.bash
    ! command -v zsh >/dev/null || zsh -n $program.zsh
    ! command -v fish >/dev/null || fish -n $program.fish
    for page in $program.man "$SOURCE/indexer/command/dafu-formats.5"; do
        ! command -v groff >/dev/null || groff -K utf8 -man -T utf8 -ww -z "$page" 2>&1 | grep -v font
        ! command -v mandoc >/dev/null || mandoc -T lint -W error "$page"
    done
done

# What bash offers.
cat >ask.bash <<'BASH'
. ./index.bash
offer() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _dafu_index; echo "${COMPREPLY[@]}"; }
offer dafu-index seg
offer dafu-index segment --conv
offer dafu-index segment --convention p
offer dafu-index segment --convention = m
BASH
bash ask.bash
dafu-index --manual=docx
