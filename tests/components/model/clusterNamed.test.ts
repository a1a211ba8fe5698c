import { gzipSync } from "node:zlib";

import { expect } from "chai";

import { clusterNamedIn } from "../../../components/model/userData/clusterNamed";
import { productUserData } from "../../local/hosts/productHosts";

const named = (text: string | Uint8Array): string => {
    const found = clusterNamedIn(typeof text === "string" ? Buffer.from(text) : text);
    return "name" in found ? found.name : "?";
};
const shell = (...lines: readonly string[]): string => ["#!/bin/bash", ...lines].join("\n");
const intoFile = (echo: string): string => `${echo} >> /etc/ecs/ecs.config`;

describe("the cluster that user data names", () => {
    const known: readonly (readonly [string, string])[] = [
        [intoFile("echo ECS_CLUSTER=dev"), "dev"],
        [intoFile('echo "ECS_CLUSTER=dev"'), "dev"],
        [intoFile("echo 'ECS_CLUSTER=dev'"), "dev"],
        [intoFile('echo ECS_CLUSTER="dev"'), "dev"],
        ["printf 'ECS_CLUSTER=dev\\n'>>/etc/ecs/ecs.config", "dev"],
        ["cat <<'EOF' >> /etc/ecs/ecs.config\nECS_CLUSTER=team_a-2\nECS_LOGLEVEL=debug\nEOF", "team_a-2"],
        [`${intoFile("echo ECS_CLUSTER=one")}\n${intoFile("echo ECS_CLUSTER=two")}`, "two"],
        [`# ECS_CLUSTER=old\n${intoFile("echo ECS_CLUSTER=dev")}\n# ECS_CLUSTER=$OTHER`, "dev"],
        [intoFile("echo ECS_CLUSTER="), "default"],
        [intoFile("echo ECS_LOGLEVEL=debug"), "default"],
        ["zypper -n in htop", "default"],
    ];
    for (const [text, cluster] of known) {
        it(`is ${cluster}: ${JSON.stringify(text)}`, () => {
            expect(named(shell(text))).to.equal(cluster);
        });
    }

    it("is named in a cloud-config of every form, and by this program's own", () => {
        const file = "write_files:\n- path: /etc/ecs/ecs.config\n  content: |\n    ECS_CLUSTER=dev\n";
        expect(named(`#cloud-config\n${file}`)).to.equal("dev");
        expect(named(`#cloud-config\nbootcmd: ["echo ECS_CLUSTER=dev >> /etc/ecs/ecs.config"]\n`)).to.equal(
            "dev",
        );
        expect(named(`#cloud-config\nbootcmd:\n- [sh, -c, 'echo ECS_CLUSTER=dev']\n`)).to.equal("dev");
        expect(named(gzipSync(`#cloud-config\n${file}`))).to.equal("dev");
        expect(named(productUserData())).to.equal("dev");
        expect(named("")).to.equal("default");
    });

    const unknown: readonly string[] = [
        intoFile("echo ECS_CLUSTER=$NAME"),
        intoFile("echo ECS_CLUSTER=${NAME}"),
        intoFile('echo "ECS_CLUSTER=$NAME"'),
        intoFile('echo ECS_CLUSTER="${NAME}"'),
        intoFile('echo "ECS_CLUSTER="$NAME'),
        intoFile("echo ECS_CLUSTER=dev-$STAGE"),
        intoFile('echo "ECS_CLUSTER=dev"$STAGE'),
        intoFile("echo ECS_CLUSTER=$(cat /etc/cluster)"),
        intoFile("echo ECS_CLUSTER=`cat /etc/cluster`"),
        "printf 'ECS_CLUSTER=%s\\n' dev >> /etc/ecs/ecs.config",
        "sed -i 's/ECS_CLUSTER=.*/ECS_CLUSTER=dev/' /etc/ecs/ecs.config",
        `${intoFile("echo ECS_CLUSTER=one")}\n${intoFile("echo ECS_CLUSTER=$TWO")}`,
        "aws s3 cp s3://bucket/ecs.config /etc/ecs/ecs.config",
        "curl -o /etc/ecs/ecs.config https://example.com/ecs.config",
    ];
    for (const text of unknown) {
        it(`is not known: ${JSON.stringify(text)}`, () => {
            expect(named(shell(text))).to.equal("?");
        });
    }

    it("is not known from what is fetched or encoded, and what cannot be unpacked ends nobody's reading", () => {
        expect(named("#include\nhttps://example.com/user-data\n")).to.equal("?");
        const mime = "MIME-Version: 1.0\n\n--x\nContent-Type: text/x-shellscript\n";
        expect(named(`${mime}Content-Transfer-Encoding: base64\n\nIyEvYmlu\n--x--\n`)).to.equal("?");
        expect(named(`${mime}\n#!/bin/sh\n${intoFile("echo ECS_CLUSTER=dev")}\n--x--\n`)).to.equal("dev");
        expect(() => clusterNamedIn(gzipSync("#cloud-config\n").subarray(0, 12))).to.not.throw();
    });

    it("says what stands in the place of a name", () => {
        for (const [echo, unknown] of [
            ["echo ECS_CLUSTER=$NAME", "ECS_CLUSTER=$NAME"],
            ['echo "ECS_CLUSTER=$NAME"', "ECS_CLUSTER=$NAME"],
            ['echo ECS_CLUSTER="${NAME}"', "ECS_CLUSTER=${NAME}"],
            ["echo ECS_CLUSTER=$(cat /etc/cluster)", "ECS_CLUSTER=$(cat /etc/cluster)"],
        ] as const) {
            expect(clusterNamedIn(Buffer.from(shell(intoFile(echo))))).to.deep.equal({ unknown });
        }
    });
});
