import { expect } from "chai";

import { readImageConfiguration } from "../../../../components/model/containers/imageDocuments";

describe("what a registry says of an image", () => {
    it("is told without what a terminal would obey, keys among it", () => {
        const text = JSON.stringify({ config: { Labels: { "\u001B[2J\u009Bevil\nkey\u202E": 7 } } });
        const said = readImageConfiguration(text);
        expect(said).to.be.a("string").and.to.contain("has something else at config.Labels.");
        expect(said)
            .to.match(/evil key/)
            .and.to.not.match(/[\p{Cc}\u202e]/u);
    });
});
