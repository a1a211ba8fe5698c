import { expect } from "chai";
import { environmentTags, tagKeys, withName } from "../../../components/model/tags";

describe("the tags of an environment", () => {
    const ownership = { environment: "dev", stack: "organization/sles-ecs/dev" };

    it("say whose a resource is, next to the settings' own", () => {
        expect(environmentTags(ownership, { team: "web" })).to.deep.equal({
            team: "web",
            "sles-ecs:environment": "dev",
            "sles-ecs:stack": "organization/sles-ecs/dev",
            "sles-ecs:managed-by": "sles-ecs",
        });
    });

    it("cannot be overridden, as evidence and ownership read them", () => {
        expect(environmentTags(ownership, { [tagKeys.stack]: "somebody/else/dev" })).to.include({
            "sles-ecs:stack": "organization/sles-ecs/dev",
        });
    });

    it("get a name for people", () => {
        expect(withName({ a: "1" }, "dev-host-1")).to.deep.equal({ a: "1", Name: "dev-host-1" });
    });
});
