import { expect } from "chai";
import { wordNextStep } from "../../../../automation/errors/wordNextStep";
import { renderLine } from "../../../../components/model/commandLine";
import { parseSettings } from "../../../../components/model/settings";
import { said } from "../../../helpers/said";

const lock = {
    id: "ami-0123456789abcdef0",
    name: "suse-sles-15-sp6-v20260919-ecs-hvm-ssd-x86_64",
    date: "20260919",
    region: "eu-central-1",
};

function problemsOf(hostImage: object, rest: object = {}): string[] {
    return parseSettings({ hostImage, ...rest }, "dev").problems.map(
        ({ path, message }) => `${path}: ${message}`,
    );
}

describe("the lock of the host image", () => {
    it("is taken as it is, and keeps its series in place of the default filter", () => {
        expect(parseSettings({ hostImage: { lock } }, "dev")).to.deep.include({ problems: [] });
        expect(parseSettings({ hostImage: { lock } }, "dev").settings?.hostImage).to.deep.include({
            lock,
            filter: "suse-sles-15-sp6-v*-ecs-hvm-ssd-x86_64",
            generation: 15,
        });
    });

    it("may stand beside any filter that matches it", () => {
        for (const filter of [lock.name, "suse-sles-15-sp6-v*-ecs-hvm-ssd-x86_64", "suse-sles-15-*ecs*"]) {
            expect(problemsOf({ filter, lock }), filter).to.deep.equal([]);
        }
    });

    it("is refused beside a filter for something else, with the command that moves it", () => {
        const filter = "suse-sles-16-0-v*-ecs-hvm-ssd-x86_64";
        const [problem] = parseSettings({ hostImage: { filter, lock } }, "dev").problems;
        expect({ ...problem, hint: renderLine(wordNextStep(problem?.hint ?? "")) }).to.deep.equal({
            path: "hostImage.lock",
            message: `the hosts are locked to ${lock.name}, which does not match hostImage.filter (${filter})`,
            hint: "move on: sles-ecs images update dev, or before the first up sles-ecs images lock dev --newest; or put the filter back",
            severity: "error",
        });
    });

    it("is refused with everything that is wrong with it", () => {
        expect(
            problemsOf({
                lock: {
                    id: "ami-123",
                    name: "suse-sles-15-sp6-v20260919-hvm-ssd-x86_64",
                    date: "20260231",
                    region: "Frankfurt",
                    day: "today",
                },
            }),
        ).to.deep.equal([
            'hostImage.lock.id: got "ami-123", expected the id of an image: ami- and 8 or 17 hexadecimal digits',
            'hostImage.lock.name: got "suse-sles-15-sp6-v20260919-hvm-ssd-x86_64", expected the name of a SLES ECS image; this is none: not ECS: suffix is hvm-ssd-x86_64, expected ecs-hvm-ssd-x86_64',
            'hostImage.lock.date: got "20260231", expected the date in the image\'s name, YYYYMMDD',
            'hostImage.lock.region: got "Frankfurt", expected a region of AWS such as eu-central-1',
            "hostImage.lock.day: unknown key day, expected one of id, name, date, region",
        ]);
    });

    it("is refused when it is not whole", () => {
        const { id, name, date } = lock;
        expect(problemsOf({ lock: { id, name, date } })).to.deep.equal([
            "hostImage.lock.region: is missing, expected a region of AWS such as eu-central-1",
        ]);
    });

    it("is refused when a person changed its name and not its date", () => {
        expect(problemsOf({ lock: { ...lock, date: "20260917" } })).to.deep.equal([
            `hostImage.lock.date: got "20260917", expected the date in ${lock.name}`,
        ]);
    });

    it("asks for quotes where YAML made a number of the date", () => {
        const { problems } = parseSettings({ hostImage: { lock: { ...lock, date: 20260919 } } }, "dev");
        expect(problems).to.have.nested.property("[0].hint", 'put it in quotes: "20260919"');
    });

    it("decides the architecture that the instance type must have", () => {
        const filter = "suse-sles-15-*ecs*";
        expect(problemsOf({ filter, lock }, { hosts: { instanceType: "t4g.small" } })).to.deep.equal([
            "hosts.instanceType: t4g.small is an arm64 type, and the host image is for x86_64",
        ]);
    });

    it("is guarded in one of two ways, with any notice", () => {
        expect(problemsOf({ lock, onDeletion: "warn", deletionNoticeDays: 0 })).to.deep.equal([]);
        expect(problemsOf({ lock, onDeletion: "ignore", deletionNoticeDays: -1 })).to.deep.equal([
            'hostImage.onDeletion: got "ignore", expected one of refuse, warn',
            "hostImage.deletionNoticeDays: got -1, expected a whole number from 0 to 3650",
        ]);
    });

    describe("that is going to move", () => {
        const filter = "suse-sles-16-0-v*-ecs-hvm-ssd-arm64";
        const moving = (hostImage: object, rest: object = {}) =>
            parseSettings({ hostImage, ...rest }, "dev", { lockMoves: true });

        it("may be at odds with the filter and the instance type, and is left out", () => {
            const { settings, problems } = moving({ filter, lock }, { hosts: { instanceType: "t4g.small" } });
            expect(problems).to.deep.equal([]);
            expect(said(settings?.hostImage))
                .to.include({ filter, generation: 16 })
                .and.not.have.property("lock");
        });

        it("stays where there is no filter, and says which images may follow", () => {
            expect(moving({ lock }).settings?.hostImage).to.deep.include({
                lock,
                filter: "suse-sles-15-sp6-v*-ecs-hvm-ssd-x86_64",
            });
        });

        it("is refused with everything that is wrong with it, and with the settings", () => {
            for (const wrong of [
                { ...lock, date: 20260919 },
                { ...lock, day: "x" },
                { id: "nonsense" },
                "x",
            ]) {
                const settings = { hostImage: { filter, lock: wrong }, tags: { "aws:x": "y" } };
                const { problems } = parseSettings(settings, "dev", { lockMoves: true });
                expect(problems).to.deep.equal(parseSettings(settings, "dev").problems);
                expect(problems.some(({ path }) => path.startsWith("hostImage.lock"))).to.equal(true);
                expect(problems.some(({ path }) => path.startsWith("tags"))).to.equal(true);
            }
        });
    });

    it("stops nobody who does not ask for the host image", () => {
        const { settings, problems } = parseSettings(
            { hostImage: { lock: "nonsense", filters: 1 }, hosts: { instanceType: "t4g.small", count: 3 } },
            "dev",
            { unread: ["hostImage"] },
        );
        expect(problems).to.deep.equal([]);
        expect(settings?.hosts).to.include({ count: 3 });
    });
});
