# Reply XML of the sample replies, converted again, is the same Reply XML.
dafu-index convert "$CORPUS" >once.xml
dafu-index convert once.xml >twice.xml
cmp once.xml twice.xml && grep -c '<reply[ >]' twice.xml
