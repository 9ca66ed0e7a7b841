"""The servers that all other tests stand on."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import boto3
import psycopg
import requests
from botocore.config import Config
from redis import Redis

from tests.servers import LocalServers


def test_database_is_migrated_and_speaks_utf8(worker_database: str) -> None:
    with psycopg.connect(worker_database.replace("+psycopg", "")) as connection:
        tables = connection.execute("SELECT count(*) FROM alembic_version").fetchone()
        lowered = connection.execute("SELECT lower('É')").fetchone()
    assert tables == (1,)
    assert lowered == ("é",)


def test_application_role_is_an_ordinary_one(worker_database: str) -> None:
    with psycopg.connect(worker_database.replace("+psycopg", "")) as connection:
        row = connection.execute("SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user").fetchone()
    assert row == (False, False)


def test_redis_answers(local_servers: LocalServers) -> None:
    with Redis.from_url(local_servers.redis_url(4)) as client:
        assert client.ping()


def s3_client(servers: LocalServers, *, secret: str | None = None) -> Any:
    return boto3.client(
        "s3",
        endpoint_url=servers.s3_endpoint_url,
        region_name=servers.s3_region,
        aws_access_key_id=servers.s3_access_key_id,
        aws_secret_access_key=secret or servers.s3_secret_access_key,
        config=Config(signature_version="s3v4"),
    )


def presigned_put(servers: LocalServers, key: str, length: int, *, secret: str | None = None) -> str:
    client = s3_client(servers, secret=secret)
    signed = {"Bucket": servers.s3_bucket, "Key": key, "ContentLength": length}
    address = client.generate_presigned_url("put_object", Params=signed)
    client.close()
    return str(address)


def test_s3_refuses_another_length_than_signed(local_servers: LocalServers) -> None:
    address = presigned_put(local_servers, "incoming/seven", 7)
    assert requests.put(address, data=b"six...", timeout=5).status_code == HTTPStatus.FORBIDDEN
    assert requests.put(address, data=b"seven..", timeout=5).status_code == HTTPStatus.OK


def test_s3_refuses_another_key_than_ours(local_servers: LocalServers) -> None:
    address = presigned_put(local_servers, "incoming/stranger", 1, secret="not ours")
    assert requests.put(address, data=b"x", timeout=5).status_code == HTTPStatus.FORBIDDEN


def test_s3_lets_a_page_from_elsewhere_put(local_servers: LocalServers) -> None:
    asked = requests.options(
        f"{local_servers.s3_endpoint_url}/{local_servers.s3_bucket}/incoming/x",
        headers={
            "Origin": "http://192.0.2.7:8000",
            "Access-Control-Request-Method": "PUT",
            "Access-Control-Request-Headers": "content-type",
        },
        timeout=5,
    )
    assert asked.headers["Access-Control-Allow-Origin"] == "*"


def test_s3_folder_stays_when_its_last_object_goes(local_servers: LocalServers) -> None:
    client = s3_client(local_servers)
    client.put_object(Bucket=local_servers.s3_bucket, Key="incoming/last", Body=b"x")
    client.delete_object(Bucket=local_servers.s3_bucket, Key="incoming/last")
    client.close()
    assert (local_servers.home / "s3" / local_servers.s3_bucket / "incoming").is_dir()
