dafu-index --help && dafu-index help >other && dafu-index --help | cmp - other
