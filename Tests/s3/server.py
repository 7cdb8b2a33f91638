"""Starts moto's server with a user, a key and a bucket; from then on it refuses whatever is not signed by them. Runs a command with it."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from urllib.parse import quote

import boto3

BUCKET = "moro-liitteet"
REGION = "eu-north-1"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(port, log):
    server = subprocess.Popen(
        [os.path.join(os.path.dirname(sys.executable), "moto_server"), "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log
    )
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/moto-api/data.json", timeout=5).close()
            return server
        except OSError:
            time.sleep(0.1)
    log.seek(0)
    sys.exit("The S3 server does not start:\n" + log.read().decode(errors="replace")[-2000:])


def furnish(address):
    """Returns the user's key and secret."""
    anybody = {"aws_access_key_id": "anybody", "aws_secret_access_key": "anybody", "region_name": REGION, "endpoint_url": address}
    iam = boto3.client("iam", **anybody)
    iam.create_user(UserName="moro")
    everything = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
    iam.put_user_policy(UserName="moro", PolicyName="files", PolicyDocument=json.dumps(everything))
    key = iam.create_access_key(UserName="moro")["AccessKey"]
    boto3.client("s3", **anybody).create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    # So many more questions without a signature are answered: none.
    request = urllib.request.Request(f"{address}/moto-api/reset-auth", data=b"0", headers={"Content-Type": "text/plain"}, method="POST")
    urllib.request.urlopen(request, timeout=5).close()
    return key["AccessKeyId"], key["SecretAccessKey"]


def main():
    with tempfile.TemporaryFile() as log:
        port = free_port()
        server = start(port, log)
        try:
            key, secret = furnish(f"http://127.0.0.1:{port}")
            words = f"http://{quote(key, safe='')}:{quote(secret, safe='')}@127.0.0.1:{port}/{BUCKET}"
            return subprocess.call(sys.argv[1:], env=os.environ | {"MORO_TEST_S3": words})
        finally:
            server.terminate()
            server.wait()


sys.exit(main())
