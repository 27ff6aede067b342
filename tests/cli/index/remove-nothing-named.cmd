# An empty name (of a variable that is not set) is no folder that everything lies in.
corpus_index index
dafu-index remove --index index ''
code=$?
dafu-index check --index index
exit $code
