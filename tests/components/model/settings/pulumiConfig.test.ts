import { expect } from "chai";

import { parseConfig } from "../../../../components/model/settings";

const infra = { project: "infra", environment: "dev" };

describe("the configuration of a stack", () => {
    it("has its settings under sles-ecs:, whatever the project is called", () => {
        for (const project of ["sles-ecs", "infra"]) {
            const { settings } = parseConfig(
                { "sles-ecs:hosts": '{"count":2}', "infra:domain": "x" },
                { ...infra, project },
            );
            expect(settings?.hosts).to.include({ count: 2 });
        }
    });

    it("is refused with a region that cannot be one, by what is meant", () => {
        const wrong = {
            "eu-cental1": "did you mean eu-central-1?",
            "EU-WEST-1": "did you mean eu-west-1?",
            Frankfurt: undefined,
        };
        for (const [region, hint] of Object.entries(wrong)) {
            const { settings, problems } = parseConfig({ "aws:region": region }, infra);
            expect(settings).to.equal(undefined);
            expect(problems).to.have.length(1);
            expect(problems[0]).to.include({ path: "aws:region", hint });
        }
        for (const region of ["eusc-de-east-1", "us-gov-west-1", ""]) {
            expect(parseConfig({ "aws:region": region }, infra).problems).to.deep.equal([]);
        }
    });

    it("is refused with a region that AWS would not name so, and doubted with one that it may have by now", () => {
        const mistyped = {
            "eu-cental-1": "eu-central-1",
            "us-wset-2": "us-west-2",
            "ap-norhteast-1": "ap-northeast-1",
        };
        for (const [region, meant] of Object.entries(mistyped)) {
            const { settings, problems } = parseConfig({ "aws:region": region }, infra);
            expect(settings, region).to.equal(undefined);
            expect(problems).to.deep.equal([
                {
                    path: "aws:region",
                    message: `got "${region}", expected a region of AWS such as eu-central-1`,
                    hint: `did you mean ${meant}?`,
                    severity: "error",
                },
            ]);
        }
        for (const region of [
            "xx-new-9",
            "eu-central-3",
            "ap-southwest-1",
            "us-isog-east-1",
            "ue-central-1",
        ]) {
            const { settings, problems } = parseConfig({ "aws:region": region }, infra);
            expect(settings, region).to.not.equal(undefined);
            expect(problems, region).to.have.length(1);
            expect(problems[0]).to.include({ path: "aws:region", severity: "warning" });
        }
        expect(parseConfig({ "aws:region": "us-gvo-west-1" }, infra).problems[0]?.hint).to.equal(
            "did you mean us-gov-west-1?",
        );
    });

    it("is refused with a setting under the project's own name, which nothing reads", () => {
        const { settings, problems } = parseConfig(
            { "infra:hosts": '{"count":2}', "sles-ecs:tag": "x" },
            infra,
        );
        expect(settings).to.equal(undefined);
        expect(problems.map(({ hint }) => hint)).to.deep.equal([
            "write sles-ecs:hosts",
            "did you mean tags?",
        ]);
    });
});
