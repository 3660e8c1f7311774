aon help decide; aon --version
