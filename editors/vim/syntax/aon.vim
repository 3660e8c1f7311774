" Vim syntax file for .aon statements (docs/language.md)
" Install: copy editors/vim/ into ~/.vim/

if exists('b:current_syntax')
  finish
endif

syntax case match
syntax iskeyword @,48-57,_,'

syntax match aonComment "--.*$" contains=aonTodo,@Spell
syntax keyword aonTodo TODO FIXME XXX contained
syntax match aonGlued "\S\zs-->\|-->" containedin=aonComment
syntax region aonString start=+"+ end=+"+ oneline
syntax match aonNumber "\<\d\+\(/\d\+\)\=\>"

syntax keyword aonPart library statement report
syntax keyword aonItem def cite note use given let assume weaken show expect
syntax keyword aonLogic forall exists and or not in
syntax match aonLogic "[∀∃∈∧∨¬→↔]\|<->\|->"
syntax keyword aonBuiltin sum span proj image perp dim tr colspace rowspace id all
syntax match aonBuiltin "∑"
syntax keyword aonAmbient X Y base
syntax keyword aonSort scalar vector matrix subspace model token context query tokens contexts
syntax match aonOperator ":=\|!=\|<=\|[=+*&#|<>≠≤⊆·∩−≔⟨⟩]"
syntax match aonLabel "\<[A-Za-z][A-Za-z0-9_]*'*\ze\s*:[^=]"
syntax match aonExpect "\(^\s*expect\>.*\)\@<=\<\(without\|only\|drop\|survived\|refuted\|because\|on\|minimal\|holds\|inapplicable\|none\|at\|sufficient\)\>"

highlight default link aonComment Comment
highlight default link aonTodo Todo
highlight default link aonGlued WarningMsg
highlight default link aonString String
highlight default link aonNumber Number
highlight default link aonPart Structure
highlight default link aonItem Statement
highlight default link aonLogic Keyword
highlight default link aonBuiltin Function
highlight default link aonAmbient Constant
highlight default link aonSort Type
highlight default link aonOperator Operator
highlight default link aonLabel Label
highlight default link aonExpect Keyword

let b:current_syntax = 'aon'
