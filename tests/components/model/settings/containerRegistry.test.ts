import { expect } from "chai";
import { parseSettings, type Settings } from "../../../../components/model/settings";

const problemsOf = (settings: Settings, environment = "dev") =>
    parseSettings(settings, environment).problems.map(({ path, message }) => `${path}: ${message}`);

const withNames = (...repositories: string[]): Settings => ({ containerRegistry: { repositories } });

/** The guide, section 5. */
const licence = "the license of SUSE Linux Enterprise Server does not allow its images in a public registry";

describe("containerRegistry in settings", () => {
    it("keeps images when the environment goes, 100 of them, and lets no host push", () => {
        const { settings } = parseSettings(withNames("web"), "dev");
        expect(settings?.containerRegistry).to.deep.equal({
            repositories: ["web"],
            onDestroy: "keep",
            keepImages: 100,
            pushFromHosts: false,
        });
    });

    for (const address of [
        "public.ecr.aws/suse/sles12",
        "docker.io/suse/sles12",
        "ghcr.io/suse/sles12",
        "quay.io/suse/sles12",
        "registry.example.com:5000/sles12",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/dev/web",
    ]) {
        it(`refuses the address ${address} with the licence's reason`, () => {
            const [problem = ""] = problemsOf(withNames(address));
            expect(problem).to.match(/^containerRegistry\.repositories\[0\]: .*without an address/);
            expect(problem).to.contain(licence);
            expect(problem).to.contain("section 5");
        });
    }

    it("takes the names that ECR takes", () => {
        expect(problemsOf(withNames("web", "suse/sles12", "a.b", "a_b-c/d1"))).to.deep.equal([]);
    });

    for (const name of ["Web", "web:1", "-web", "web//x", "a..b", ""]) {
        it(`refuses the name ${JSON.stringify(name)}`, () => {
            expect(problemsOf(withNames(name)).join()).to.match(
                /containerRegistry\.repositories\[0\]: got .*expected a repository's name in lower case/,
            );
        });
    }

    it("refuses a cluster's name that cannot begin the name of a repository", () => {
        const settings = { ...withNames("web"), clusterName: "Shop_" };
        expect(problemsOf(settings).join()).to.contain(
            "containerRegistry.repositories[0]: the repository would be called Shop_/web, which Amazon ECR does not take",
        );
    });

    it("refuses a name that is too long with that of the cluster", () => {
        const settings = { ...withNames("w".repeat(200)), clusterName: "c".repeat(60) };
        expect(problemsOf(settings).join()).to.contain("expected up to 256 characters");
    });

    it("tells of all that is wrong at once", () => {
        const settings = {
            containerRegistry: {
                repositories: ["web", "web"],
                onDestroy: "burn",
                keepImages: 0,
                kmsKeyId: "alias/x",
            },
        } as unknown as Settings;
        expect(problemsOf(settings).map((one) => one.split(":")[0])).to.have.members([
            "containerRegistry.repositories[1]",
            "containerRegistry.onDestroy",
            "containerRegistry.keepImages",
            "containerRegistry.kmsKeyId",
        ]);
    });
});
