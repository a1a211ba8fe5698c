import { expect } from "chai";

import { readParameterArn } from "../../../../components/model/services/parameterArn";

describe("the ARN of a parameter", () => {
    const place = { region: "eu-central-1", accountId: "123456789012" };
    const start = "arn:aws:ssm:eu-central-1:123456789012:parameter";

    it("names one with a path by its path", () => {
        expect(readParameterArn(`${start}/team/web/key`)).to.deep.equal({ ...place, name: "/team/web/key" });
    });

    it("names one without a path without the slash", () => {
        expect(readParameterArn(`${start}/key`)).to.deep.equal({ ...place, name: "key" });
    });

    for (const other of ["key", "/team/key", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:key"]) {
        it(`is not ${other}`, () => {
            expect(readParameterArn(other)).to.equal(undefined);
        });
    }
});
