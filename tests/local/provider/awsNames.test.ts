import { expect } from "chai";
import { fromAws, toAws } from "../../../local/provider/schema/awsNames";
import {
    document,
    flag,
    integer,
    list,
    object,
    region,
    set,
    tags,
    text,
    textFlag,
} from "../../../local/provider/schema/property";

const fields = {
    availabilityZone: text(),
    disks: list(
        object({ deviceName: text(), ebs: object({ encrypted: textFlag(), volumeSize: integer() }) }),
    ),
    forceDelete: flag({ remembered: true }),
    groupIds: set(text(), { aws: "SecurityGroupIds" }),
    policy: document({ aws: "PolicyDocument" }),
    profile: text({ aws: false }),
    region: region(),
    tags: tags(),
    type: text({ aws: "VolumeType" }),
};

describe("AWS's names of properties", () => {
    it("are those of the table, or the properties' own with a capital, at any depth", () => {
        const given = {
            availabilityZone: "us-east-1a",
            disks: [{ deviceName: "/dev/sda1", ebs: { encrypted: "true", volumeSize: 30 } }],
            groupIds: ["sg-1"],
            type: "gp3",
        };
        expect(toAws(fields, given)).to.deep.equal({
            AvailabilityZone: "us-east-1a",
            Disks: [{ DeviceName: "/dev/sda1", Ebs: { Encrypted: true, VolumeSize: 30 } }],
            SecurityGroupIds: ["sg-1"],
            VolumeType: "gp3",
        });
    });

    it("leave out of a request what is not plain there, what AWS never tells back, and what is not given", () => {
        const given = {
            forceDelete: true,
            profile: "hosts",
            region: "us-east-1",
            tags: { a: "b" },
            type: undefined,
        };
        expect(toAws(fields, given)).to.deep.equal({});
    });

    it("lead back from what AWS answers", () => {
        const answer = {
            AvailabilityZone: "us-east-1a",
            Disks: [{ DeviceName: "/dev/sda1", Ebs: { Encrypted: false, VolumeSize: 30, Iops: 3000 } }],
            OwnerId: "123456789012",
            PolicyDocument: "%7B%22Version%22%3A%222012-10-17%22%7D",
            SecurityGroupIds: ["sg-1"],
            Tags: [
                { Key: "a", Value: "b" },
                { Key: "aws:autoscaling:groupName", Value: "c" },
            ],
            VolumeType: "gp3",
        };
        expect(fromAws(fields, answer)).to.deep.equal({
            availabilityZone: "us-east-1a",
            disks: [{ deviceName: "/dev/sda1", ebs: { encrypted: "false", volumeSize: 30 } }],
            groupIds: ["sg-1"],
            policy: '{"Version":"2012-10-17"}',
            tags: { a: "b" },
            type: "gp3",
        });
    });
});
