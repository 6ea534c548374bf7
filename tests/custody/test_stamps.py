"""Time-stamps of an authority that the test makes with openssl."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")

CONFIG = """
[tsa]
default_tsa = tsa1
[tsa1]
serial = {0}/serial
signer_cert = {0}/tsa.pem
signer_key = {0}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


def certificate(name, *, of=None, key, until, authority):
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer, signer = (subject, key) if of is None else (of[0].subject, of[1])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=2))
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if not authority:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(signer, hashes.SHA256())


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tsa")
    root_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    until = datetime.now(UTC) + timedelta(days=2)
    root = certificate("Tessarian Root", key=root_key, until=until, authority=True)
    own = certificate("Tessarian Time", of=(root, root_key), key=key, until=until, authority=False)
    pem = serialization.Encoding.PEM
    (folder / "root.pem").write_bytes(root.public_bytes(pem))
    (folder / "tsa.pem").write_bytes(own.public_bytes(pem))
    (folder / "tsa.key").write_bytes(
        key.private_bytes(
            pem, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
        )
    )
    other = certificate("Another Root", key=root_key, until=until, authority=True)
    (folder / "other.pem").write_bytes(other.public_bytes(pem))
    (folder / "serial").write_text("01\n", encoding="ascii")
    (folder / "config").write_text(CONFIG.format(folder), encoding="ascii")
    return folder


@pytest.fixture
def record(tmp_path, command):
    path = tmp_path / "record.db"
    command("init", path, "--no-default-gazetteer")
    return path


def stamped(command, record, authority, folder):
    query, answer = folder / "head.tsq", folder / "head.tsr"
    assert command("stamp", record, "--request", query).status == 0
    subprocess.run(
        ["openssl", "ts", "-reply", "-config", authority / "config", "-queryfile", query, "-out", answer],
        check=True, capture_output=True,
    )  # fmt: skip
    return answer


def test_a_stamp_that_holds_is_kept_and_shown(command, record, authority, tmp_path):
    answer = stamped(command, record, authority, tmp_path)
    done = command("stamp", record, "--response", answer, "--root", authority / "root.pem")
    assert (done.status, "CN=Tessarian Root" in done.err) == (0, True), done.err
    assert "Stamped 2:" in command("head", record).out
    assert command("verify", record).status == 0


def test_a_stamp_of_another_root_or_record_is_refused_and_not_kept(
    command, record, authority, tmp_path
):
    answer = stamped(command, record, authority, tmp_path)
    before = command("log", record, "--json").out
    assert (
        command("stamp", record, "--response", answer, "--root", authority / "other.pem").status
        == 3
    )
    another = tmp_path / "another.db"
    command("init", another, "--no-default-gazetteer")
    refused = command("stamp", another, "--response", answer, "--root", authority / "root.pem")
    assert (refused.status, "of no entry" in refused.err) == (3, True), refused.err
    bent = bytearray(answer.read_bytes())
    bent[-20] ^= 1
    (tmp_path / "bent.tsr").write_bytes(bent)
    assert (
        command(
            "stamp", record, "--response", tmp_path / "bent.tsr", "--root", authority / "root.pem"
        ).status
        == 3
    )
    assert command("log", record, "--json").out == before
    assert "Stamped" not in command("head", record).out


def test_a_stamp_that_does_not_hold_is_not_shown_and_found(command, record):
    from cenotaph.store import log
    from cenotaph.store import open as open_record

    with open_record(record) as known, known.writer() as connection:
        log.append(
            connection, "timestamp", {"sequence": 1, "hash": "0", "response": "AA==", "roots": []}
        )
    assert "Stamped" not in command("head", record).out
    answer = command("verify", record)
    assert (answer.status, "log entry 3: its time-stamp does not hold" in answer.out) == (4, True)
