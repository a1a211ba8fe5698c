import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { CommandedHost } from "./commandedHost";
import type { Rig } from "./rig";

export const registryAddress = "127.0.0.1:5000";
export const packageName = "sles12-docker-image";
const token = "short-lived";
const imageFolder = "/usr/share/suse-docker-images/native";

/**
 * Stand-in for zypper; source: zypper(8), `search` prints a table with the columns S, Name, Summary and Type and ends with 104 where it
 * finds nothing; `install` says what it lacks, and ends with 4 where a disk is full.
 */
const zypper = `#!/bin/sh
case " $* " in
    *' search '*docker-image*)
        state=' '
        [ ! -e /var/lib/stand-in-rpm/${packageName} ] || state='i+'
        printf 'S  | Name                | Summary      | Type\\n---+---------------------+--------------+--------\\n'
        printf '%-2s | ${packageName} | SLES 12 image | package\\n' "$state"
        ;;
    *' search '*) exit 104 ;;
    *' install '*${packageName}*)
        mkdir -p ${imageFolder}
        cp /srv/${packageName}.tar.xz ${imageFolder} || { rm -f ${imageFolder}/*; exit 4; }
        mkdir -p /var/lib/stand-in-rpm
        : >/var/lib/stand-in-rpm/${packageName}
        ;;
    *) printf "No provider of '%s' found.\\n" "$5" >&2; exit 104 ;;
esac
`;

/** Stand-in for rpm; source: rpm(8), \`--query\` ends with 1 for a package that is not installed. */
const rpm = `#!/bin/sh
for name in "$@"; do :; done
case " $* " in
    *' --verify '*) exit 0 ;;
    *' --query '*) ;;
esac
if [ ! -e "/var/lib/stand-in-rpm/$name" ]; then
    case " $* " in *queryformat*) name=$3 ;; esac
fi
[ -e "/var/lib/stand-in-rpm/$name" ] || { printf 'package %s is not installed\\n' "$name"; exit 1; }
case " $* " in
    *' --list '*) printf '%s\\n' /usr/share/doc/packages/$name ${imageFolder}/$name.tar.xz ;;
    *queryformat*) printf '1.1.4-20171002' ;;
    *) printf '%s-1.1.4-20171002.x86_64\\n' "$name" ;;
esac
`;

/**
 * Stand-in for the AWS CLI; source: https://docs.aws.amazon.com/cli/latest/reference/ecr/get-login-password.html, and beside it
 * batch-get-image.html. For the latter it asks the registry, of which a tag that is not there is no failure.
 */
const aws = `#!/bin/sh
if [ "$1 $2" = 'ecr batch-get-image' ]; then
    [ "$3 $4 $5" = '--region us-east-1 --repository-name' ] && [ "$7" = --image-ids ] || { echo "aws: unexpected $*" >&2; exit 252; }
    exec python3 -c 'import base64, sys, urllib.error, urllib.request
request = urllib.request.Request("http://${registryAddress}/v2/%s/manifests/%s" % (sys.argv[1], sys.argv[2].split("=")[1]), headers={
    "Accept": "application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json",
    "Authorization": "Basic " + base64.b64encode(b"AWS:${token}").decode()})
try:
    with urllib.request.urlopen(request) as answer:
        print(answer.headers["Docker-Content-Digest"] + "\\t" + answer.read().decode())
except urllib.error.HTTPError as error:
    sys.exit(0 if error.code == 404 else 254)' "$6" "$8"
fi
[ "$*" = 'ecr get-login-password --region us-east-1' ] || { echo "aws: unexpected $*" >&2; exit 252; }
[ ! -e /run/no-rights ] || { echo 'An error occurred (AccessDeniedException) when calling the GetAuthorizationToken operation' >&2; exit 254; }
echo ${token}
`;

/** A registry that asks for the token, as ECR's does. */
const registryConfig = `version: 0.1
storage: { filesystem: { rootdirectory: /var/lib/registry } }
http: { addr: "${registryAddress}" }
auth: { htpasswd: { realm: stand-in, path: /etc/registry.users } }
`;

/** Boots a host of SLES 15 with a registry beside it, docker, and a package that has an image. */
export async function bootContainerHost(rig: Rig): Promise<CommandedHost> {
    const host = await CommandedHost.boot(rig, { generation: 15 });
    try {
        await equip(host);
        return host;
    } catch (error) {
        await host.terminate();
        throw error;
    }
}

async function equip(host: CommandedHost): Promise<void> {
    const put = (file: string, text: string, mode = 0o755): void => {
        fs.writeFileSync(host.path(file), text, { mode });
        fs.chmodSync(host.path(file), mode);
    };
    fs.rmSync(host.path("/usr/bin/zypper"), { force: true });
    put("/usr/bin/zypper", zypper);
    fs.rmSync(host.path("/usr/bin/rpm"), { force: true });
    put("/usr/bin/rpm", rpm);
    put("/usr/bin/aws", aws);
    put("/etc/registry.yml", registryConfig, 0o644);
    // docker unpacks with the host's xz, which every SLES has.
    for (const program of ["/usr/bin/docker-registry", "/usr/bin/xz"]) {
        fs.copyFileSync(program, host.path(program));
    }
    const made = await host.run(`set -e
        perl -e 'print "AWS:" . crypt("${token}", "\\$2b\\$05\\$abcdefghijklmnopqrstuu") . "\\n"' >/etc/registry.users
        systemd-run --quiet --unit stand-in-registry docker-registry serve /etc/registry.yml
        mkdir -p /srv
        head -c 300000 /dev/urandom >/srv/file
        tar -c -C /srv file | docker import - suse/sles12:1.1.4 >/dev/null
        docker save suse/sles12:1.1.4 | xz -0 >/srv/${packageName}.tar.xz
        docker rmi suse/sles12:1.1.4 >/dev/null`);
    if (made.exitCode !== 0) {
        throw new Error(made.said);
    }
    await sleep(1000);
}
