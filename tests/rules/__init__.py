"""Each rule held against values and plain references that anybody can check by eye."""
