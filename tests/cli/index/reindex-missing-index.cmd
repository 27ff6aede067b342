dafu-index reindex -i index
