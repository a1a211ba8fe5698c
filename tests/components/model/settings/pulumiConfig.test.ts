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
        for (const region of ["eusc-de-east-1", "us-gov-west-1", "xx-new-9", ""]) {
            expect(parseConfig({ "aws:region": region }, infra).problems).to.deep.equal([]);
        }
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
