"""Numbers, addresses and dates of people are found by what stands beside them; those of guidance are not."""

import pytest

from assistant.people.masking import Masking

MASKING = Masking()
FOUND = [
    ("Write to jo@mail.example: what is a baseline?", [("jo@mail.example", "email")]),
    ("Call +43 1 234 56 78 about her", [("+43 1 234 56 78", "phone")]),
    ("son tel c le 06 39 98 41 27, il travaille", [("06 39 98 41 27", "phone")]),
    ("тел. 8 (900) 555-03-18", [("8 (900) 555-03-18", "phone")]),
    ("هاتفها ٠١٠٠ ٥٥٥ ٠٣٤٧ الآن", [("٠١٠٠ ٥٥٥ ٠٣٤٧", "phone")]),
    ("号码是138 0013 5572。", [("138 0013 5572", "phone")]),
    ("born on 3 Feb 1998 in Lviv", [("3 Feb 1998", "birthdate")]),
    ("née le 2 novembre 1991, hébergée", [("2 novembre 1991", "birthdate")]),
    ("07.09.1987 г.р., без документов", [("07.09.1987", "birthdate")]),
    ("1996年4月2日生，云南人", [("1996年4月2日", "birthdate")]),
    ("Her IBAN is DE02 1203 0000 0000 2020 51, is that safe?", [("DE02 1203 0000 0000 2020 51", "paper")]),
    ("Passport no. AB-123456 was taken. Why?", [("AB-123456", "paper")]),
    ("case 118/C of the court", [("118/C", "paper")]),
    ("رقم جوازها P4471802B وهي هنا", [("P4471802B", "paper")]),
    ("她的护照EB0938174已经过期", [("EB0938174", "paper")]),
    (
        "lives at Unit 4B, 212 Mabini Street, Tarlac City and is",
        [("Unit 4B, 212 Mabini Street, Tarlac City", "address")],
    ),
    ("17 bis rue des Tanneries, 59800 Lille", [("17 bis rue des Tanneries, 59800 Lille", "address")]),
    ("vive en jr. Los Geranios 418, Juliaca, su hija", [("jr. Los Geranios 418, Juliaca", "address")]),
    ("на ул. Строителей, д. 14, кв. 71, Мытищи сдаёт", [("ул. Строителей, д. 14, кв. 71, Мытищи", "address")]),
    ("住在泰国夜速府帕瓦路77号，", [("泰国夜速府帕瓦路77号", "address")]),
    ("he calls himself @bigboss_nbo", [("@bigboss_nbo", "other")]),
    ("The driver's plate was KBX 482T and", [("KBX 482T", "other")]),
    (
        "lives at Flat 3, Rowan House, Elm Grove, Bolton BL1 4QA now",
        [("Flat 3, Rowan House, Elm Grove, Bolton BL1 4QA", "address")],
    ),
    ("Quartier Zogona, rue 12, porte 8, elle attend", [("Quartier Zogona, rue 12, porte 8", "address")]),
    ("vive en Mz. C Lote 9, Juliaca y trabaja", [("Mz. C Lote 9, Juliaca", "address")]),
    ("تسكن في زنقة الورد، رقم 5، طنجة، وهي خائفة", [("زنقة الورد، رقم 5، طنجة", "address")]),
    ("人在昆明市盘龙区青年路12号附3号", [("昆明市盘龙区青年路12号附3号", "address")]),
    ("texted from 0806 555 1290 twice", [("0806 555 1290", "phone")]),
    ("Ndeye Fall\n76 555 10 22\nmerci", [("76 555 10 22", "phone")]),
    ("карта 4276 5500 1234 9876", [("4276 5500 1234 9876", "paper")]),
    ("camion BG-241-ZT devant", [("BG-241-ZT", "other")]),
    ("一九九一年腊月生", [("一九九一年腊月", "birthdate")]),
]
KEPT = [
    "How many members had ICAT in 2012-2015?",
    "What does resolution 61/180 say about the Human Rights Council?",
    "Is a girl of 15 who works 14 hours a day a child?",
    "ICAT Issue Brief 12 of 2022, page 44",
    "How were 1,214 workers asked in June 2021?",
    "Does the National Hotline 1-888-373-7888 take calls in Spanish?",
    "Le 119 est-il joignable la nuit ?",
    "全国妇联的12338热线在春节期间有人接吗？",
    "Enveloppe totale 1,2 million d'euros sur 36 mois",
    "Project Aurora ends on 30 June 2025 and we have spent 61 % of the USD 480,000.",
    "Чем отличается статья 127.1 от 127.2 УК РФ?",
    "هل صحيح أن الخط الساخن 16000 في مصر مخصص للأطفال؟",
    "Éducateur de rue à Rabat. Un garçon, 12 ans",
    "О чём документ ICAT 2016 года?",
    "La loi 014-2015/AN s'applique-t-elle ?",
    "We reached 1 204 388 people between 2019 and 2021, block 3 of the plan",
    "国办发〔2021〕13号说了什么？",
    "",
]


@pytest.mark.parametrize(("text", "details"), FOUND)
def test_what_stands_for_a_person_is_found_whole(text: str, details: list[tuple[str, str]]):
    assert [(text[each.start : each.end], str(each.kind)) for each in MASKING.find(text)] == details


@pytest.mark.parametrize("text", KEPT)
def test_numbers_of_guidance_and_of_institutions_stay(text: str):
    assert MASKING.find(text) == []
