printf 'A\377\376中文\345\217\r\n\n  \n没有换行' | dafu-index segment | od -An -c
