"""Bank accounts, payment cards, wallets."""

from __future__ import annotations

from typing import Final

from vitrail.detect.vocabulary.words import Words

ACCOUNT: Final = Words(
    en="iban, bank, bank account, bank details, account, accounts, transaction, transfer, "
    "wire transfer, direct debit, payee, bank account number",
    fr="compte, comptes, compte bancaire, rib, coordonnées bancaires, banque, virement, "
    "virements, prélèvement, numéro de compte, titulaire du compte",
    de="konto, konten, bankverbindung, kontonummer, konto nr, kontonr, bankkonto, bank, "
    "kontoinhaber, überweisung, überweisen, lastschrift, kto, kto nr",
    es="cuenta, cuentas, cuenta bancaria, número de cuenta, nº de cuenta, banco, transferencia, "
    "domiciliación, ccc, datos bancarios, cta",
    it="conto, conti, conto corrente, c c, coordinate bancarie, banca, bonifico, bonifici, "
    "numero di conto, intestatario del conto, addebito",
    nl="rekening, rekeningen, rekeningnummer, rekeningnr, bankrekening, bankrekeningnummer, "
    "bank, overschrijving, overmaken, incasso, rek nr",
    pt="conta, contas, conta bancária, número da conta, nib, banco, transferência, débito direto, "
    "dados bancários, titular da conta",
)

DOMESTIC_ACCOUNT: Final = Words(
    en="bank account, account number, account no, account num, account nr, accountnumber, acct, "
    "acct no, acct number, bank, checking account, savings account, bank account number",
    fr="compte bancaire, numéro de compte, n° de compte, no de compte, banque",
    de="kontonummer, konto nr, kontonr, bankkonto, kto, kto nr, bankverbindung, bank",
    es="cuenta bancaria, número de cuenta, nº de cuenta, banco, cuenta corriente, cta",
    it="conto corrente, numero di conto, conto bancario, n conto, banca, c c",
    nl="rekeningnummer, rekeningnr, bankrekening, bankrekeningnummer, bank, rek nr",
    pt="conta bancária, número da conta, número de conta, conta corrente, banco",
)

CARD: Final = Words(
    en="card, cards, card number, credit, credit card, debit, debit card, payment card, cc, pan, "
    "cardnumber, creditcard, ccnum, ccn, charge card",
    fr="carte, cartes, carte bancaire, carte bleue, carte de crédit, carte de paiement, cb, "
    "numéro de carte, n° de carte",
    de="karte, karten, kreditkarte, kreditkarten, kreditkartennummer, kartennummer, karten nr, "
    "kartennr, bankkarte, zahlkarte, zahlungskarte, debitkarte, girokarte",
    es="tarjeta, tarjetas, tarjeta de crédito, tarjeta de débito, número de tarjeta, "
    "nº de tarjeta, tarjeta bancaria",
    it="carta, carte, carta di credito, carta di debito, carta di pagamento, numero carta, "
    "numero di carta, numero della carta, bancomat",
    nl="kaart, kaarten, kaartnummer, kaartnr, creditkaart, creditcardnummer, bankkaart, "
    "betaalkaart, pinpas, betaalpas, debetkaart",
    pt="cartão, cartões, cartão de crédito, cartão de débito, número do cartão, número de cartão, "
    "cartão bancário, multibanco",
    also="visa, mastercard, amex, american express, maestro, diners, discover, jcb, unionpay, mir, "
    "rupay, dankort, girocard, bancontact",
)

CARD_NUMBER: Final = Words(
    en="credit card, credit cards, credit card number, card number, card numbers, card no, "
    "card nr, card num, cardnumber, cardno, cardnum, creditcard, creditcardnumber, ccn, ccnum, "
    "cc num, cc no, cc number, debit card, payment card, pan",
    fr="carte bancaire, cartes bancaires, carte de crédit, carte bleue, carte de paiement, "
    "numéro carte, numéro de carte, numéro de la carte, num carte, n de carte, n° de carte, "
    "n° carte, no de carte",
    de="kreditkarte, kreditkarten, kreditkartennummer, kreditkartennr, kartennummer, "
    "kartennummern, karten nr, kartennr, debitkarte, bankkarte",
    es="número tarjeta, número de tarjeta, número de la tarjeta, nº de tarjeta, nº tarjeta, "
    "num tarjeta, tarjeta de crédito, tarjetas de crédito, tarjeta de débito, tarjeta bancaria",
    it="numero carta, numero di carta, numero della carta, num carta, n carta, carta di credito, "
    "carte di credito, carta di debito, carta di pagamento",
    nl="kaartnummer, kaartnummers, kaartnr, kaart nr, creditcardnummer, creditcardnr, creditkaart, "
    "betaalkaart, bankkaart, debetkaart",
    pt="número do cartão, número de cartão, número cartão, nº do cartão, num cartão, "
    "cartão de crédito, cartões de crédito, cartão de débito, cartão bancário",
)
"""What says that the number beside it is a card's, even where its check digit is wrong."""

WALLET: Final = Words(
    en="wallet, wallets, wallet address, crypto, cryptocurrency, blockchain, crypto address, "
    "deposit address, cold wallet",
    fr="portefeuille, portefeuilles, adresse crypto, cryptomonnaie, portefeuille numérique, "
    "adresse du portefeuille, adresse bitcoin",
    de="geldbörse, wallet adresse, walletadresse, kryptowährung, krypto, kryptoadresse, "
    "bitcoin adresse, bitcoinadresse, brieftasche",
    es="monedero, monederos, cartera, criptomoneda, criptomonedas, cripto, dirección bitcoin, "
    "dirección del monedero, billetera",
    it="portafoglio, portafogli, criptovaluta, criptovalute, cripto, indirizzo bitcoin, "
    "indirizzo del portafoglio",
    nl="portemonnee, cryptomunt, cryptovaluta, cryptoadres, bitcoinadres, walletadres, "
    "bitcoin adres",
    pt="carteira, carteiras, criptomoeda, criptomoedas, cripto, endereço bitcoin, "
    "endereço da carteira",
    also="btc, bitcoin, bitcoins, eth, ethereum, ether, xbt",
)
