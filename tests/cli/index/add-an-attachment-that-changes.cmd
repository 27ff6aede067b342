# A page is read again when its attachment has changed; an attachment whose page is gone is a reply
# of its own.
mkdir in
cp "$CORPUS"/tanchuan-2023-58.txt in/b.txt
echo "<title>答复</title><p>详见附件。</p><a href='b.txt'>附件</a>" >in/page.html
dafu-index add --index index in
dafu-index add --index index in
cp "$CORPUS"/xunkou-2024-6.txt in/b.txt
dafu-index add --index index in
dafu-index check --index index
rm in/page.html
dafu-index add --index index in
dafu-index check --index index
rm in/b.txt
dafu-index add --index index in
dafu-index check --index index
