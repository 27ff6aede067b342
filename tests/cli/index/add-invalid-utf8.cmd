cat >letter.txt <<'END'
关于市政协第9号提案的答复

王某某委员：
您提出的《关于加强古树名木保护的提案》收悉，现答复如下：
一、工作情况
全市登记古树名木312株。
END
{ cat letter.txt; printf '\345\217\nkept\377\n'; cat letter.txt; } >broken.txt
dafu-index add --index index broken.txt letter.txt
code=$?
dafu-index check --index index
exit $code
