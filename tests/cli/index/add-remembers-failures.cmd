# A file that failed is not tried again before it changes, unless that is asked for.
mkdir in
printf 'PK\003\004broken' >in/broken.docx
cp "$CORPUS"/tanchuan-2023-58.txt in
dafu-index add --index index in
echo "code $?"
dafu-index add --index index in
echo "code $?"
dafu-index add --index index --retry-failed in
echo "code $?"
cp "$CORPUS"/xunkou-2024-6.txt in/broken.docx
dafu-index add --index index in
echo "code $?"
dafu-index check --index index
