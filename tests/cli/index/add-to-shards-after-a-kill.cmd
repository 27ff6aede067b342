# Killed before the list of shards was renamed, the folder has only what was to be renamed.
mkdir killed
echo '# collection of' >killed/.dafu-4711-0
dafu-index add -q --shards 2 --index killed "$CORPUS"
dafu-index check --index killed
# Something of somebody else's is left alone.
mkdir other
echo mine >other/letter.txt
dafu-index add -q --shards 2 --index other "$CORPUS"
