"""Words of seven countries from which the columns of ``bench.column_verdicts`` are made.

Of each: what the columns are called, people, places and what is easily taken for either. Cells are
separated by ``|``. Nobody of that name and no such firm is meant.
"""

from __future__ import annotations

from typing import Final

FIRST: Final = {
    "en": "Olivia|George|Amelia|Harry|Isla|Jack|Ava|Noah|Emily|Oscar|Sophie|Thomas|Grace|Callum",
    "fr": "Camille|Lucas|Léa|Hugo|Manon|Théo|Chloé|Mathis|Inès|Jean-Luc|Élodie|Antoine|Margaux",
    "de": "Lena|Jonas|Anna|Felix|Hannah|Jürgen|Greta|Moritz|Sabine|Uwe|Heike|Matthias|Katrin",
    "es": "Lucía|Mateo|Sofía|Hugo|Carmen|Javier|Pilar|Álvaro|Rocío|Sergio|Marta|Gonzalo|Inés",
    "it": "Giulia|Lorenzo|Chiara|Matteo|Francesca|Davide|Elena|Luca|Martina|Alessandro|Paola",
    "nl": "Sanne|Daan|Lotte|Bram|Femke|Sem|Fleur|Thijs|Anouk|Joost|Marieke|Ruben|Willemijn",
    "pl": "Agnieszka|Piotr|Katarzyna|Tomasz|Małgorzata|Paweł|Zofia|Marcin|Ewa|Grzegorz|Julia",
}
LAST: Final = {
    "en": "Whitfield|Barker|Okafor|Lambert|Hughes|Patel|Sutton|Ellison|Marsh|Kendrick|Doyle",
    "fr": "Lefèvre|Moreau|Girard|Fontaine|Rousseau|Benali|Perrin|Gauthier|Chevalier|Marchand",
    "de": "Schneider|Hoffmann|Krüger|Vogel|Winkler|Yılmaz|Brandt|Lorenz|Baumann|Schröder|Keller",
    "es": "García López|Romero Vidal|Navarro|Ortega Ruiz|Castillo|Molina Sanz|Iglesias|Prieto",
    "it": "Ferrari|Esposito|Bianchi|Colombo|Ricci|De Luca|Gallo|Conti|Marchetti|Lombardi|Greco",
    "nl": "de Vries|van den Berg|Bakker|Jansen|Visser|Smit|Meijer|van Dijk|Hendriks|Dekker",
    "pl": "Nowak|Wiśniewska|Wójcik|Zieliński|Szymańska|Lewandowski|Kaczmarek|Mazur|Krawczyk",
}
CITIES: Final = {
    "en": "Leeds|Bristol|Norwich|Exeter|Sheffield|York|Bath|Cardiff|Preston|Lincoln|Chester|Derby",
    "fr": "Lyon|Nantes|Lille|Saint-Étienne|Rennes|Nice|Angers|Dijon|Le Mans|Brest|Tours|Nîmes",
    "de": "Köln|Bremen|Leipzig|Augsburg|Kiel|Mainz|Erfurt|Ulm|Kassel|Freiburg|Rostock|Heidelberg",
    "es": "Sevilla|Bilbao|Zaragoza|Málaga|Gijón|Vigo|Murcia|Córdoba|San Sebastián|Burgos|Toledo",
    "it": "Bologna|Torino|Napoli|Verona|Bari|Parma|Genova|Trieste|Perugia|Reggio Emilia|Firenze",
    "nl": "Utrecht|Rotterdam|Groningen|Breda|Den Haag|Zwolle|Leiden|Haarlem|Almere|Delft|Tilburg",
    "pl": "Kraków|Gdańsk|Wrocław|Łódź|Poznań|Lublin|Szczecin|Bydgoszcz|Toruń|Rzeszów|Zielona Góra",
}
STREETS: Final = {
    "en": "Station Road|Mill Lane|Victoria Street|Church Close|Oak Avenue|King's Crescent",
    "fr": "rue des Lilas|avenue Victor Hugo|boulevard Voltaire|place du Marché|impasse du Moulin",
    "de": "Hauptstraße|Gartenweg|Lindenallee|Bahnhofstr.|Am Mühlbach|Goethestraße",
    "es": "Calle Mayor|Avenida de la Paz|Plaza del Sol|Calle Cervantes|Paseo Marítimo",
    "it": "Via Garibaldi|Corso Italia|Piazza Dante|Viale dei Tigli|Via San Marco",
    "nl": "Dorpsstraat|Kerkweg|Prinsengracht|Molenlaan|Stationsplein",
    "pl": "ul. Kwiatowa|ul. Polna|al. Niepodległości|ul. Mickiewicza|os. Słoneczne",
}
FIRMS: Final = {
    "en": "Harper & Sons|Bluebird Logistics Ltd|Whitfield Group|Northgate Foods|Marsh and Doyle|"
    "Quantum Retail Inc|Ellison Partners LLP|Redwood Systems|Acme Widgets|Barker Ltd",
    "fr": "Moreau SARL|Girard et Fils|Boulangerie Perrin|Lefèvre SAS|Transports du Nord|"
    "Groupe Fontaine|Atelier Rousseau|Cabinet Gauthier|Optique Centrale|Marchand S.A.",
    "de": "Krüger GmbH|Vogel & Söhne|Autohaus Winkler|Stadtwerke Nord|Bäckerei Lorenz|"
    "Baumann AG|Nordlicht Verlag GmbH|Hoffmann KG|Alpentechnik GmbH & Co. KG|Brandt e.K.",
    "es": "Romero e Hijos S.L.|Talleres Navarro|Grupo Castillo|Frutas del Sur S.A.|Prieto SL|"
    "Construcciones Ortega|Bodegas Molina|Servicios Iglesias|Panadería El Sol|Textil Norte S.A.",
    "it": "Ferrari S.r.l.|Officine Bianchi|Colombo & C. S.n.c.|Pastificio Greco|Gruppo Conti|"
    "Edilizia Ricci|Marchetti S.p.A.|Cantine Lombardi|Tessuti Gallo|Ottica Moderna",
    "nl": "Bakker B.V.|Jansen en Zonen|Bloemen Visser|Hendriks Transport|Van Dijk Groep|"
    "Molenaar Techniek BV|Dekker Bouw|Smit & Partners|Zuivel Noord|Meijer Advies",
    "pl": "Nowak Sp. z o.o.|Zakłady Wójcik|Piekarnia Mazur|Lewandowski i Synowie|Krawczyk S.A.|"
    "Transport Polski|Meble Zieliński|Firma Kaczmarek|Apteka Zdrowie|Grupa Bałtyk",
}
GOODS: Final = {
    "en": "Walnut Desk|Cotton Shirt|Trail Shoes|Steel Bottle|Desk Lamp|Garlic Press|Wool Scarf",
    "fr": "Chaise en bois|Chemise Lina|Lampe de bureau|Sac Margot|Théière|Robe Camille|Tapis bleu",
    "de": "Stuhl Anton|Regal Billy|Holztisch|Wanderschuhe|Kaffeemaschine|Sofa Klara|Leselampe",
    "es": "Mesa Carmen|Camisa de lino|Zapatos|Lámpara de pie|Silla Lucía|Bolso rojo|Cafetera",
    "it": "Sedia Giulia|Camicia di lino|Borsa Elena|Lampada|Tavolo Marco|Scarpe da corsa|Moka",
    "nl": "Stoel Emma|Linnen hemd|Fietstas|Bureaulamp|Tafel Daan|Wandelschoenen|Theepot",
    "pl": "Krzesło Anna|Koszula lniana|Lampa|Stół Jan|Buty do biegania|Czajnik|Szafa Ewa",
}
WORK: Final = {
    "en": "Nurse|Data Analyst|Head of Sales|Electrician|Teacher|Project Manager|Barista",
    "fr": "Infirmière|Analyste de données|Boulanger|Chef de projet|Comptable|Avocate",
    "de": "Krankenpfleger|Bäckerin|Schreiner|Projektleiter|Ärztin|Buchhalter|Schneider",
    "es": "Enfermera|Contable|Panadero|Jefe de ventas|Profesora|Abogado|Herrero",
    "it": "Infermiera|Contabile|Fornaio|Avvocato|Capo progetto|Insegnante|Sarto",
    "nl": "Verpleegkundige|Boekhouder|Bakker|Projectleider|Lerares|Timmerman",
    "pl": "Pielęgniarka|Księgowy|Piekarz|Kierownik projektu|Nauczycielka|Prawnik",
}
NOTES: Final = {
    "en": "The parcel arrived late and the box was wet.|Please call back about the invoice.|"
    "Wants a refund for two shirts.|Password reset link did not work.|Very happy with the chair.",
    "fr": "Le colis est arrivé en retard et abîmé.|Merci de rappeler pour la facture.|"
    "Souhaite un remboursement.|Le lien ne fonctionne pas.|Très contente de la lampe.",
    "de": "Das Paket kam zu spät und war nass.|Bitte wegen der Rechnung zurückrufen.|"
    "Möchte das Geld zurück.|Der Link geht nicht.|Sehr zufrieden mit dem Stuhl.",
    "es": "El paquete llegó tarde y mojado.|Llamar por la factura, por favor.|"
    "Quiere que le devuelvan el dinero.|El enlace no funciona.|Muy contenta con la mesa.",
    "it": "Il pacco è arrivato tardi e bagnato.|Richiamare per la fattura, grazie.|"
    "Chiede un rimborso.|Il link non funziona.|Molto contenta della sedia.",
    "nl": "Het pakket kwam te laat en was nat.|Graag terugbellen over de factuur.|"
    "Wil het geld terug.|De link werkt niet.|Erg blij met de stoel.",
    "pl": "Paczka przyszła za późno i mokra.|Proszę oddzwonić w sprawie faktury.|"
    "Prosi o zwrot pieniędzy.|Link nie działa.|Bardzo zadowolona z krzesła.",
}
STATES: Final = {
    "en": "active|pending|cancelled|shipped", "fr": "actif|en attente|annulé|expédié",
    "de": "aktiv|offen|storniert|versandt", "es": "activo|pendiente|cancelado|enviado",
    "it": "attivo|in attesa|annullato|spedito", "nl": "actief|open|geannuleerd|verzonden",
    "pl": "aktywny|oczekuje|anulowany|wysłany",
}  # fmt: skip
LANDS: Final = {
    "en": "France|Germany|Spain|Italy|Poland", "fr": "Allemagne|Espagne|Italie|Pologne|Chine",
    "de": "Frankreich|Spanien|Polen|Italien", "es": "Francia|Alemania|Italia|Polonia|Perú",
    "it": "Francia|Germania|Spagna|Polonia", "nl": "Frankrijk|Duitsland|Spanje|Polen|België",
    "pl": "Francja|Niemcy|Hiszpania|Włochy",
}  # fmt: skip


#: Phones as another source writes them; empty where the house makes its own.
PHONES: Final[dict[str, str]] = {}


def of(table: dict[str, str], language: str) -> list[str]:
    """The words of one language."""
    return table[language].split("|")
