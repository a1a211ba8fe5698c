import { expect } from "chai";
import fc from "fast-check";
import { readForm, removeFromForm, writeForm } from "../../../local/cloud/front/form";

describe("forms of AWS's query protocol", () => {
    it("write structures and lists as dotted names, lists from 1", () => {
        const form = new URLSearchParams();
        writeForm(form, "BlockDeviceMapping", [
            { DeviceName: "/dev/sda1", Ebs: { VolumeSize: 8, Encrypted: true } },
        ]);
        expect(Object.fromEntries(form)).to.deep.equal({
            "BlockDeviceMapping.1.DeviceName": "/dev/sda1",
            "BlockDeviceMapping.1.Ebs.VolumeSize": "8",
            "BlockDeviceMapping.1.Ebs.Encrypted": "true",
        });
    });

    it("are read in the order of their numbers, and taken out whole", () => {
        const form = new URLSearchParams("A.10=j&A.2=b&A.1=a&AB.1=x");
        expect(readForm(form, "A")).to.deep.equal(["a", "b", "j"]);
        removeFromForm(form, "A");
        expect([...form.keys()]).to.deep.equal(["AB.1"]);
    });

    it("give back what was written", () => {
        const leaf = fc.string({ minLength: 1 });
        const name = fc.stringMatching(/^[A-Z][A-Za-z]{0,8}$/);
        const value = fc.letrec<{ value: unknown }>((tie) => ({
            value: fc.oneof(
                { depthSize: "small" },
                leaf,
                fc.array(tie("value"), { minLength: 1, maxLength: 3 }),
                fc.dictionary(name, tie("value"), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
            ),
        })).value;
        fc.assert(
            fc.property(value, (written) => {
                const form = new URLSearchParams();
                writeForm(form, "Root", written as string);
                expect(readForm(new URLSearchParams(form.toString()), "Root")).to.deep.equal(written);
            }),
        );
    });
});
