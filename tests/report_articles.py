"""Invented articles for the report: two speakers with conflicts, one without, and hostile text."""

FERRY = """Ferry ran from Karachi, minister says
date 2024-03-12
Transport Minister Ada Lomax said on Monday that the ferry was operated from Karachi.
“The toll will be two pounds,” Lomax told reporters in Karachi.
“We will raise the toll,” Lomax added.
"""
INQUIRY = """Lomax changes tack
date 2024-03-20
Transport Minister Ada Lomax said the ferry was operated from Norway.
“We will not raise the toll,” Lomax said.
Harbour master Tom Reed said the pumps had failed.
"""
GATE = """</title><script>window.hacked=1</script> opens gate
date 2024-04-02
Councillor Eve Stone said on Monday that the north gate was open. A sign read <img src=x onerror="hacked=2">.
“The levy will be two pounds,” Stone told reporters.
"""
LEVY = """Stone on the gate \u202eevil\u202c
date 2024-04-20
Councillor Eve Stone said the north gate was closed.
“We'll not raise the levy </script><script>window.hacked=3</script> this year,” Stone said.
"""
ARTICLES = {"ferry.txt": FERRY, "inquiry.txt": INQUIRY, "gate.txt": GATE, "levy.txt": LEVY}
