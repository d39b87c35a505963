"""Words of invented chronologies, written for this test alone: the checker's own tables are not read here."""

GIVEN = [
    *("Kian", "Ayesha", "Demi-Leigh", "Tobias", "Nkechi", "Rhiannon", "Callan", "Zofia", "Idris", "Saoirse"),
    *("Jayden", "Maryam", "Oluwaseun", "Bronwen", "Tomasz", "Shanice", "Declan", "Imogen", "Rafferty"),
    *("Xanthe", "Mia", "Leo", "Zoe", "Ava", "Jude", "Will", "Mark", "May", "Rose", "Grace", "Hope", "Sandy"),
    *("Bill", "Dean", "Beau", "Chantelle", "Reece", "Keira", "Lachlan", "Siobhan", "Aurelia", "Przemek"),
    *("Wiktoria", "Anais", "José", "Chloë", "Zainab", "Yusra", "Dafydd", "Niamh", "Connor", "Ellis"),
]
SHORT = {
    "Katherine": "Katie Kate Kath",
    "William": "Bill Billy Liam",
    "Elizabeth": "Beth Lizzie Betty",
    "Margaret": "Maggie Peggy Meg",
    "Christopher": "Chris Kit",
    "Alexander": "Alex Sandy Xander",
    "Arthur": "Art",
    "Rebecca": "Becky Bex",
    "Michael": "Mick Mikey",
    "Theodore": "Theo Ted",
    "Victoria": "Vicky Tori",
    "Samantha": "Sam Sammy",
    "Anthony": "Tony Ant",
    "Charlotte": "Lottie Charlie",
    "Daniel": "Danny Dan",
    "Jennifer": "Jenny Jen",
    "Robert": "Bob Rob",
    "Patricia": "Trish Pat",
    "Benjamin": "Ben Benji",
    "Mohammed": "Mo",
}
FAMILY = [
    *("Tarrant", "O'Neil", "Okonkwo", "Blenkinsop", "Abernethy", "Featherstone", "Kowalczyk", "Mbeki-Jones"),
    *("Vasquez", "Pettigrew", "Quarmby", "Rafiq", "Sutcliffe", "Thackray", "Ullah", "Whitlock", "Yardley"),
    *("Zielinski", "Crowther", "Dunphy", "Eastham", "Fairclough", "Gorman", "Hesketh", "Inskip", "Jephcott"),
    *("Kershaw", "Lomax", "McAllister", "Nuttall", "Ogden", "Prendergast", "Riley", "Sidhu", "Tunnicliffe"),
    *("Underwood", "Voss", "Winstanley", "D'Arcy", "Al-Hassan", "Bury", "Sale", "Field", "Young", "Carter"),
    "Price",
]
STREETS = [
    *("Larkspur", "Quillfeather", "Brambling", "Hollowmere", "Ostler", "Pendlebrook", "Tannery", "Wexcombe"),
    *("Yarnfold", "Copperbeech", "Drovers", "Millrace", "Saltergate", "Thornycroft", "Beechcroft", "Linnet"),
    *("Sandown", "Harcastle"),
]
KINDS_OF_STREET = ["Road", "Avenue", "Close", "Row", "Lane", "Terrace", "Drive", "Crescent"]
TOWNS = [
    *("Ashbourneth", "Brackenley", "Crowmarsh", "Dunsop", "Elverthorpe", "Fallowfields", "Grimsdyke"),
    *("Heptonshaw", "Irkdale", "Kelbrooke", "Reading", "Bath", "Sale", "Bury", "Hope", "Longdendale"),
    *("Mossbarrow", "Netherwick"),
]
SCHOOLS = ["High School", "Academy", "Community College", "Primary School", "Learning Centre"]
HOMES = ["House", "Lodge", "Grange", "Cottage"]
OUTWARD = ["M9", "M40", "OL6", "SK14", "BL9", "WN2", "L8", "LS11", "B33", "S6"]
ROLES = [
    "his mother",
    "her father",
    "a cousin",
    "a friend",
    "an older acquaintance",
    "the worker",
    "a teacher",
    "the officer",
]

# Ordinary casework prose, with words that look like names: none of it tells who anybody is.
PROSE = """
The worker will call again next week and may bring a leaflet about the boxing club.
He was quiet at first, then talked about music and the bike he is building with his uncle.
She said she will think about it, and asked whether the plan could be read back to her.
We hope to mark the end of the course with a meal that the young people cook themselves.
The rose bushes in the garden were watered, and the bill for the broken window was paid.
With good grace she let her brother have the front seat on the way back from football.
In art he drew a bridge, and the teacher put the picture on the wall beside the door.
They spent the morning reading together and the afternoon at the sandy end of the lake.
A bath and a hot meal helped; after that there was time to talk about what had happened.
The shop had a sale on, and he chose trainers he had saved for with his own money.
He wants to bury the argument and start again with his group at college.
Somebody older had given him expensive clothes, and he did not want to say who it was.
The family felt that nobody had told them what to look for, and that has changed since.
She keeps the number of the duty team in her phone, under a name only she knows.
At the meeting everybody agreed who would do what, and by when, and wrote it down.
His mother said that he sleeps better now, eats breakfast and is up in time for school.
The worker listened and did not write while the young person was speaking.
There was a worry about money that came from nowhere and about a second telephone.
A taxi was arranged so that the way home is no longer the place where they wait for him.
The nurse saw her alone, explained what is kept private and what is not, and made a plan.
He walked out of the lesson twice this month, which is less often than in the month before.
School has moved the lesson, so that he begins the day with something he is good at.
Both parents came; they sat beside each other and each said one thing that had gone well.
When asked what a good day looks like, he said sleep, football, food and nobody ringing.
She was found safe with friends, tired and cold, and asked to be taken to her own bed.
The police took a statement at home; the worker stayed beside him until it was finished.
It took three visits before he spoke about the debt, and another before he said how much.
The panel offered a place on the mechanics course, which starts after the summer holiday.
Nobody pressed her for names; she was told that she could stop whenever she wanted to.
He laughed when the dog ran off with the worker's hat, and that was how they began to talk.
A safe adult was chosen by the young person, and the plan says when that adult is called.
Her sleep is poor and her appetite is small, and the doctor has asked to see her again.
They agreed on a word that means come and fetch me without asking any questions.
The landlord mended the back door and the lock, and the home feels safer for everybody.
The judge said that the adult must not speak to him, ring him or wait outside his school.
He does the washing up without being asked, and his little sister has noticed that.
On some evenings the flat by the station is full of people whom she does not know.
His grandmother is the person he rings first; she answers at any time of day or night.
The young person read the draft and crossed out two lines that were not right.
There had been shouting on the stairs, a door was broken, and neighbours were frightened.
Trust was slow to grow, and the steady weekly visits mattered more than any one talk.
She is proud of the certificate, which hangs in the kitchen above the table.
A place was kept for him, even after he had missed the first sessions of the group.
The mentor drove out to him, waited in the car and sent one short message each time.
He asked that the next meeting be held in the afternoon, after training, with pizza.
What helped, she said, was that the same person came each time and did not give up.
The carers keep a plate warm, leave the porch light on and ask nothing until the morning.
It was clear from his drawings that the park at night is where he feels least safe.
The older people had promised him work, a car and respect, and then counted what he owed.
She wants to train as a hairdresser, and a salon nearby will take her for a trial day.
The chair thanked the family for their patience and said what would happen after this.
Since then there has been no night away from home, and he has gone back to his lessons.
He says that he would tell a younger boy to speak to somebody before the first favour.
The review found that most of the plan had been done and that two things still wait.
Swimming on a weekday evening gave him somewhere to be when the others met at the shops.
Some of the messages were threats, and the officer explained how they would be kept.
She can be funny, sharp and kind within one sentence, and it is good to be near her.
They had a long talk about what loyalty is, and whom he would want beside him in trouble.
Her attendance has risen each term; she is early most days and stays for the choir.
We may need a different plan for weekends, because that is when the calls begin.
It will take time, said his father, and we have time.
"""
CARRIERS = (
    "It was said that {} had been there.",
    "The note names {} once more.",
    "Then {} came up in the talk.",
    "They wrote {} in the margin.",
    "Nobody knew why {} mattered so much.",
)
