mkdir folder && echo text >folder/notes.txt; dafu-index check --index folder
