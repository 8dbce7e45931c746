.param q
