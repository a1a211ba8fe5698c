import { expect } from "chai";
import { vcpuQuotaOf } from "../../../components/model/vcpuQuotas";

/** Families of each quota: https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html */
const families: Readonly<Record<string, readonly string[]>> = {
    "L-1216C47A": [
        ...["a1.large", "c7g.large", "d3en.xlarge", "h1.2xlarge", "i4i.large", "im4gn.large", "is4gen.large"],
        ...["m5.large", "m7i-flex.large", "r6id.large", "t3.small", "t4g.nano", "z1d.large"],
    ],
    "L-DB2E81BA": ["g4dn.xlarge", "g5.xlarge", "g6e.xlarge", "gr6.4xlarge", "vt1.3xlarge"],
    "L-417A185B": ["p3.2xlarge", "p5.48xlarge"],
    "L-7295265B": ["x1e.xlarge", "x2gd.medium"],
    "L-74FC7D96": ["f1.2xlarge", "f2.6xlarge"],
    "L-1945791B": ["inf1.xlarge", "inf2.xlarge"],
    "L-2C3B7624": ["trn1.2xlarge"],
    "L-6E869C2A": ["dl1.24xlarge"],
    "L-43DA4232": ["u-6tb1.56xlarge", "u7i-6tb.112xlarge"],
};

describe("the quota of vCPUs that an instance type counts for", () => {
    for (const [code, types] of Object.entries(families)) {
        it(`is ${code} for ${types.join(", ")}`, () => {
            expect(types.map((type) => vcpuQuotaOf(type)?.code)).to.deep.equal(types.map(() => code));
        });
    }

    it("is none that is known for a family that nobody has told of", () => {
        expect(vcpuQuotaOf("hpc7g.4xlarge")).to.equal(undefined);
        expect(vcpuQuotaOf("mac2.metal")).to.equal(undefined);
        expect(vcpuQuotaOf("q1.large")).to.equal(undefined);
    });
});
