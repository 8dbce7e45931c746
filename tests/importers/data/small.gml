Creator "by hand"
Version 1
# a comment
graph [
  directed 1
  node [ id 1 properties "{&quot;key&quot;:&quot;1&quot;}" label "Ann Lind" type "Person" country "se" ]
  node [ id 2 properties "{&quot;key&quot;:&quot;2&quot;}" label "&#1041;&#1086;&#1088;&#1080;&#1089;" type "Person" country "ua" born 1970 ]
  node [ id 3 properties "{&quot;key&quot;:&quot;3&quot;}"
    label "ACME &amp; Sons"
    type "Company"
    country "se"
  ]
  edge [ source 1 target 3 type "OWNERSHIP" weight 0.5 ]
  edge [ source 1 target 2 type "MEETING" weight 2.5 date "2024-03" properties "{&quot;direction&quot;:&quot;undirected&quot;}" ]
  edge [ source 2 target 3 type "PAYMENT" weight 1.5 ]
  edge [ source 2 target 3 type "PAYMENT" weight 1.5 ]
]
