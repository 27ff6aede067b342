dafu-index add --help && dafu-index help add >other && dafu-index add -h | cmp - other
