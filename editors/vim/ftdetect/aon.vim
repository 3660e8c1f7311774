autocmd BufNewFile,BufRead *.aon setfiletype aon
