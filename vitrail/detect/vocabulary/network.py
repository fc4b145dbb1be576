"""Addresses of machines."""

from __future__ import annotations

from typing import Final

from vitrail.detect.vocabulary.words import Words

IP: Final = Words(
    en="ip, ips, ip address, ip addresses, ipaddress, ip addr, ipaddr, remote addr, client ip, "
    "clientip, remote ip, source ip, src ip, dst ip, login ip, last ip, host ip, user ip",
    fr="adresse ip, adresses ip, ip client, adresse internet, ip source, connexion depuis",
    de="ip adresse, ip adressen, ipadresse, ip adr, ip nummer, internetadresse, ip quelle",
    es="dirección ip, direcciones ip, ip del cliente, ip de origen, ip origen, dir ip",
    it="indirizzo ip, indirizzi ip, ip cliente, ip di origine, ip sorgente, ind ip",
    nl="ip adres, ip adressen, ipadres, ip nummer, bron ip, ip van de klant",
    pt="endereço ip, endereços ip, ip do cliente, ip de origem, ip origem, end ip",
    also="ipv4, ipv6",
)

MAC: Final = Words(
    en="mac, macs, mac address, mac addresses, macaddress, mac addr, macaddr, hardware address, "
    "physical address, device address, ethernet address, wifi mac",
    fr="adresse mac, adresses mac, adresse physique, adresse matérielle, adresse de la carte",
    de="mac adresse, mac adressen, macadresse, hardwareadresse, geräteadresse, "
    "physische adresse, physikalische adresse",
    es="dirección mac, direcciones mac, dirección física, dir mac, dirección del equipo",
    it="indirizzo mac, indirizzi mac, indirizzo fisico, ind mac, indirizzo hardware",
    nl="mac adres, mac adressen, macadres, hardwareadres, fysiek adres",
    pt="endereço mac, endereços mac, endereço físico, end mac, endereço do dispositivo",
    also="ethernet, bssid, wlan",
)
