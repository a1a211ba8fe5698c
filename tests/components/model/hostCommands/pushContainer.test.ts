import { execFileSync } from "node:child_process";
import { expect } from "chai";

import { pushContainerCommand, readPushed } from "../../../../components/model/hostCommands/pushContainer";

const repository = "123456789012.dkr.ecr.us-east-1.amazonaws.com/dev/sles12";
const digest = `sha256:${"0".repeat(64)}`;
const folder = "/usr/share/suse-docker-images";

/** Runs the push under stand-ins: a docker that has images, of which it lists the newest first, and a package with files. */
function push({ files, images }: { readonly files: readonly string[]; readonly images: readonly string[] }): {
    readonly exitCode: number;
    readonly said: string;
} {
    const standIns = `
flock() { :; }
rpm() { case " $* " in *' --list '*) printf '%s\\n' ${files.join(" ")} ;; *queryformat*) printf 1.0.0-1 ;; esac; }
sle2docker() { [ "$1" = activate ] && echo "Activating image"; }
aws() { case $2 in get-login-password) echo token ;; esac; }
docker() {
    case "$1 \${2:-}" in
        images*) printf '%s\\n' ${images.join(" ")} ;;
        'image inspect')
            for name in "$@"; do :; done
            for one in ${images.join(" ")}; do [ "$one" != "$name" ] || { echo "id of $name"; return 0; }; done
            return 1
            ;;
        push*) echo "digest: ${digest} size: 1" ;;
    esac
}
`;
    const script = pushContainerCommand({ packageName: "sles12-docker", repository, region: "us-east-1" })
        .replaceAll("/run/sles-ecs-command.lock", "/dev/null")
        .replace("[ -e /usr/local/sbin/sles-ecs-bootstrap ]", "[ -e /dev/null ]")
        .replace("set -eu\n", `set -eu\n${standIns}\n`);
    try {
        return { exitCode: 0, said: execFileSync("sh", ["-c", script], { encoding: "utf8", stdio: "pipe" }) };
    } catch (error) {
        const { status, stderr } = error as { status: number; stderr: string };
        return { exitCode: status, said: stderr.trim() };
    }
}

/** The names of files and images: https://github.com/SUSE/sle2docker, its README and `lib/sle2docker/rootfs_image.rb`. */
describe("the push of a package with a root file system", () => {
    const file = `${folder}/sles12-docker.x86_64-1.0.0-Build7.2.tar.xz`;

    it("takes the image that the package's file becomes, however new others are", () => {
        const images = [
            "suse/sles11sp4:1.1.1",
            "suse/sles12:2.0.0",
            "suse/sles12:latest",
            "suse/sles12:1.0.0",
        ];
        const { exitCode, said } = push({ files: [file], images });
        expect(exitCode, said).to.equal(0);
        expect(readPushed(said)).to.deep.equal({
            ...{ image: "suse/sles12:1.0.0", tag: "1.0.0-1", digest, wasThere: false },
        });
    });

    it("pushes nothing where docker has no such image afterwards", () => {
        const { exitCode, said } = push({ files: [file], images: ["suse/sles11sp4:1.1.1"] });
        expect(exitCode).to.equal(1);
        expect(said).to.contain(`docker has no image suse/sles12:1.0.0, which sle2docker makes of ${file}`);
    });

    it("pushes nothing of a file whose name tells no image", () => {
        const { exitCode, said } = push({ files: [`${folder}/other.tar.xz`], images: ["suse/other:1.0.0"] });
        expect(exitCode).to.equal(1);
        expect(said).to.contain(`the name of ${folder}/other.tar.xz does not tell which image`);
    });

    it("pushes nothing of a package with several images", () => {
        const other = `${folder}/sles12sp1-docker.x86_64-1.0.1-Build1.1.tar.xz`;
        const images = ["suse/sles12:1.0.0", "suse/sles12sp1:1.0.1"];
        const { exitCode, said } = push({ files: [file, other], images });
        expect(exitCode).to.equal(1);
        expect(said).to.contain("the package sles12-docker brings several images").and.to.contain(other);
    });
});
