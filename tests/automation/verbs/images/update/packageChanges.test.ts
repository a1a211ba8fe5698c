import { expect } from "chai";

import {
    comparePackages,
    type PackageChanges,
} from "../../../../../automation/verbs/images/update/packageChanges";
import type { PackageChange } from "../../../../../automation/ports/pint";
import { fakePint, silentPint, type FakePages } from "../../../../helpers/fakePint";
import { pintRecord, type PintRecord } from "../../../../helpers/pintServer";

const nameOf = (date: string, version = "15-sp7"): string =>
    `suse-sles-${version}-v${date}-ecs-hvm-ssd-x86_64`;
const addressOf = (name: string): string => `https://changes.example/${name}`;
const pageOf = (date: string): string => `${addressOf(nameOf(date))}/package_version_changes.html`;
const record = (date: string): PintRecord =>
    pintRecord({
        name: nameOf(date),
        id: `ami-000000000${date}`,
        region: "eu-central-1",
        changeinfo: `${addressOf(nameOf(date))}/`,
    });
const change = (name: string, from: string, to: string): PackageChange => ({ name, from, to });

const [march, june, september] = ["20260310", "20260617", "20260922"] as const;
const records = [september, june, march].map(record);
const pages: FakePages = {
    [pageOf(march)]: [change("docker", "26", "27")],
    [pageOf(june)]: [
        change("docker", "27", "28"),
        change("bash", "5.1", "5.2"),
        change("runc", "1.2", "1.3"),
    ],
    [pageOf(september)]: [
        change("amazon-ecs-init", "1.89", "1.95"),
        change("docker", "28", "29"),
        change("kernel-default", "6.4.1", "6.4.2"),
    ],
};

function compare(
    from: string | undefined,
    to: string,
    pint = fakePint(records, undefined, pages),
): Promise<PackageChanges> {
    return comparePackages({ from, to: { name: to, id: "ami-1", date: "", region: "eu-central-1" } }, pint);
}

describe("what changes in the packages of hosts", () => {
    it("is told of kernel, docker and agent, by the page of the image that comes next", async () => {
        expect(await compare(nameOf(june), nameOf(september))).to.deep.equal({
            page: pageOf(september),
            packages: [
                change("kernel-default", "6.4.1", "6.4.2"),
                change("docker", "28", "29"),
                change("amazon-ecs-init", "1.89", "1.95"),
            ],
        });
    });

    it("is told through all releases in between", async () => {
        expect((await compare(nameOf(march), nameOf(september))).packages).to.deep.include.members([
            change("docker", "27", "29"),
            change("runc", "1.2", "1.3"),
            change("amazon-ecs-init", "1.89", "1.95"),
        ]);
    });

    it("is told the other way round for the way back", async () => {
        expect((await compare(nameOf(september), nameOf(june))).packages).to.deep.equal([
            change("kernel-default", "6.4.2", "6.4.1"),
            change("docker", "29", "28"),
            change("amazon-ecs-init", "1.95", "1.89"),
        ]);
    });

    it("is nothing for a version that comes back", async () => {
        const back = { ...pages, [pageOf(september)]: [change("docker", "28", "27")] };
        const pint = fakePint(records, undefined, back);
        expect((await compare(nameOf(march), nameOf(september), pint)).packages).to.deep.equal([
            change("runc", "1.2", "1.3"),
        ]);
    });

    it("is the new version only where hosts come from another service pack, or from nowhere", async () => {
        const only = [
            { name: "kernel-default", to: "6.4.2" },
            { name: "docker", to: "29" },
            { name: "amazon-ecs-init", to: "1.95" },
        ];
        for (const from of [nameOf(june, "15-sp6"), nameOf("20260703", "16-0"), "golden-image", undefined]) {
            expect((await compare(from, nameOf(september))).packages).to.deep.equal(only);
        }
    });

    it("is not told by half: one page that is missing, and there is the link alone", async () => {
        for (const missing of [june, september]) {
            const pint = fakePint(records, undefined, { ...pages, [pageOf(missing)]: undefined });
            expect(await compare(nameOf(march), nameOf(september), pint)).to.deep.equal({
                page: pageOf(september),
                packages: [],
            });
        }
        const unnamed = records.map((one) => ({ ...one, changeinfo: "" }));
        const pint = fakePint(unnamed, undefined, pages);
        expect((await compare(nameOf(june), nameOf(september), pint)).packages).to.deep.equal([]);
    });

    it("is not told of an image that pint does not list", async () => {
        const pint = fakePint(records.slice(1), undefined, pages);
        expect((await compare(nameOf(march), nameOf(september), pint)).packages).to.deep.equal([]);
        expect((await compare(nameOf(september), nameOf(march), pint)).packages).to.deep.equal([]);
    });

    it("has a link to SUSE's own page where pint is silent", async () => {
        expect(await compare(nameOf(june), nameOf(september), silentPint("it is night"))).to.deep.equal({
            page: `https://publiccloudimagechangeinfo.suse.com/amazon/${nameOf(september)}/package_version_changes.html`,
            packages: [],
        });
    });

    it("is nothing from an image to itself", async () => {
        expect((await compare(nameOf(september), nameOf(september))).packages).to.deep.equal([]);
    });
});
