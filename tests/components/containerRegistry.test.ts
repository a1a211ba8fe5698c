import { expect } from "chai";
import { build, refused } from "./environment";

const repositoryType = "aws:ecr/repository:Repository";
const roleArn = "arn:aws:mock:::sles-ecs-dev-eu-west-1-0123abcd";
const account = "123456789012";

/** What docker and the agent call to pull, and to push (Amazon ECR user guide, "image-push-iam.html"). */
const pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
const push = [
    "ecr:CompleteLayerUpload",
    "ecr:DescribeImages",
    "ecr:InitiateLayerUpload",
    "ecr:PutImage",
    "ecr:UploadLayerPart",
];

const stackTags = {
    "sles-ecs:environment": "dev",
    "sles-ecs:stack": "organization/sles-ecs/dev",
    "sles-ecs:stack-id": "0123abcd-0000-4000-8000-000000000000",
    "sles-ecs:managed-by": "sles-ecs",
};

interface Statement {
    readonly Action: readonly string[];
    readonly Resource?: readonly string[];
    readonly Principal?: unknown;
}
const statementsOf = (policy: unknown): readonly Statement[] =>
    (JSON.parse(String(policy)) as { Statement: Statement[] }).Statement;

describe("the container registry", () => {
    it("is not there unless it is asked for, and the role is as before", async () => {
        const { recorder, outputs } = await build({});
        expect(recorder.inventory().filter((line) => line.includes("ecr/"))).to.deep.equal([]);
        expect(outputs).not.to.have.property("repositoryUrls");
        const { policy } = recorder.only("aws:iam/rolePolicy:RolePolicy").inputs;
        expect(statementsOf(policy).flatMap(({ Action }) => Action)).to.include.members([
            "ecr:GetAuthorizationToken",
            ...pull,
        ]);
    });

    it("makes private repositories under the cluster's name: immutable, scanned, encrypted, tagged", async () => {
        const { recorder, outputs } = await build({
            containerRegistry: { repositories: ["web", "suse/sles12"] },
        });
        const [web, sles12] = recorder.ofType(repositoryType);
        expect(web?.inputs).to.deep.include({
            name: "dev/web",
            imageTagMutability: "IMMUTABLE",
            imageScanningConfiguration: { scanOnPush: true },
            encryptionConfigurations: [{ encryptionType: "AES256" }],
            forceDelete: false,
            tags: { ...stackTags, Name: "dev/web", "sles-ecs:keep": "true" },
        });
        expect(web).to.include({ retainOnDelete: true, importId: "", name: "sles-ecs-registry-web" });
        expect(sles12?.inputs["name"]).to.equal("dev/suse/sles12");
        expect(outputs.repositoryUrls).to.deep.equal({
            web: `${account}.dkr.ecr.eu-west-1.amazonaws.com/dev/web`,
            "suse/sles12": `${account}.dkr.ecr.eu-west-1.amazonaws.com/dev/suse/sles12`,
        });
    });

    it("keeps the newest 100 images unless told otherwise", async () => {
        const { recorder } = await build({ containerRegistry: { repositories: ["web"] } });
        const { policy } = recorder.only("aws:ecr/lifecyclePolicy:LifecyclePolicy").inputs;
        expect(JSON.parse(String(policy))).to.deep.equal({
            rules: [
                {
                    rulePriority: 1,
                    description: "the newest 100 stay",
                    selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 100 },
                    action: { type: "expire" },
                },
            ],
        });
    });

    it("lets exactly the role of the hosts pull, from these repositories alone", async () => {
        const { recorder } = await build({ containerRegistry: { repositories: ["web"] } });
        const { policy } = recorder.only("aws:ecr/repositoryPolicy:RepositoryPolicy").inputs;
        expect(statementsOf(policy)).to.deep.equal([
            {
                Sid: "HostsOfTheEnvironment",
                Effect: "Allow",
                Principal: { AWS: roleArn },
                Action: pull,
            },
        ]);
        const rights = recorder.named("sles-ecs-instance-role-registry", "aws:iam/rolePolicy:RolePolicy");
        expect(statementsOf(rights.inputs["policy"])).to.deep.equal([
            { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
            {
                Effect: "Allow",
                Action: pull,
                Resource: [`arn:aws:ecr:eu-west-1:${account}:repository/dev/web`],
            },
        ]);
        const hosts = recorder.named("sles-ecs-instance-role-policy", "aws:iam/rolePolicy:RolePolicy");
        const elsewhere = statementsOf(hosts.inputs["policy"]).flatMap(({ Action }) => Action);
        expect(elsewhere.filter((action) => action.startsWith("ecr:"))).to.deep.equal([]);
    });

    it("lets hosts push only where the settings say so", async () => {
        const { recorder } = await build({
            containerRegistry: { repositories: ["web"], pushFromHosts: true },
        });
        const { policy } = recorder.only("aws:ecr/repositoryPolicy:RepositoryPolicy").inputs;
        expect(statementsOf(policy)[0]?.Action).to.deep.equal([...pull, ...push]);
        const rights = recorder.named("sles-ecs-instance-role-registry", "aws:iam/rolePolicy:RolePolicy");
        expect(statementsOf(rights.inputs["policy"])[1]?.Action).to.deep.equal([...pull, ...push]);
    });

    it("gives the guide's own policy what it lacks to pull", async () => {
        const { recorder } = await build({
            containerRegistry: { repositories: ["web"] },
            instanceRole: { policy: "suse" },
        });
        const rights = recorder.named("sles-ecs-instance-role-registry", "aws:iam/rolePolicy:RolePolicy");
        expect(statementsOf(rights.inputs["policy"])[0]?.Action).to.deep.equal(["ecr:GetAuthorizationToken"]);
    });

    it("names the role of an instance profile that exists", async () => {
        const { recorder } = await build(
            {
                containerRegistry: { repositories: ["web"] },
                instanceRole: { mode: "existing", instanceProfileName: "ecsInstanceRole" },
            },
            { instanceProfiles: ["ecsInstanceRole"] },
        );
        const { policy } = recorder.only("aws:ecr/repositoryPolicy:RepositoryPolicy").inputs;
        expect(statementsOf(policy)[0]?.Principal).to.deep.equal({
            AWS: `arn:aws:iam::${account}:role/ecsInstanceRole`,
        });
    });

    it("goes with its images where the settings say so, and carries no mark to be kept", async () => {
        const { recorder } = await build({
            containerRegistry: { repositories: ["web"], onDestroy: "delete" },
        });
        const web = recorder.only(repositoryType);
        expect(web).to.include({ retainOnDelete: false });
        expect(web.inputs).to.deep.include({
            forceDelete: true,
            tags: { ...stackTags, Name: "dev/web" },
        });
    });

    it("encrypts with a key of one's own, and never replaces what exists for another", async () => {
        const kmsKeyId = `arn:aws:kms:eu-west-1:${account}:key/0a1b`;
        const { recorder } = await build(
            { containerRegistry: { repositories: ["web"], kmsKeyId } },
            { encryptionKeys: { [kmsKeyId]: { arn: kmsKeyId, state: "Enabled" } } },
        );
        const web = recorder.only(repositoryType);
        expect(web.inputs["encryptionConfigurations"]).to.deep.equal([
            { encryptionType: "KMS", kmsKey: kmsKeyId },
        ]);
        expect(web.ignoreChanges).to.deep.equal(["encryptionConfigurations"]);
    });

    it("takes up what an earlier life of the environment has kept, and says so", async () => {
        const tags = {
            ...stackTags,
            "sles-ecs:stack-id": "00000000-0000-4000-8000-00000000dead",
            "sles-ecs:keep": "true",
        };
        const { recorder } = await build(
            { containerRegistry: { repositories: ["web", "new"] } },
            { repositories: [{ name: "dev/web", tags }] },
        );
        expect(recorder.ofType(repositoryType).map(({ importId }) => importId)).to.deep.equal([
            "dev/web",
            "",
        ]);
        expect(recorder.warnings.join()).to.contain("taken up again, with their images: dev/web");
    });

    it("takes up its own that is not in the state, as an update leaves it that was killed", async () => {
        const { recorder } = await build(
            { containerRegistry: { repositories: ["web"], onDestroy: "delete" } },
            { repositories: [{ name: "dev/web", tags: stackTags }] },
        );
        expect(recorder.only(repositoryType).importId).to.equal("dev/web");
    });

    for (const [whose, tags] of [
        ["somebody else's", {}],
        [
            "another stack's",
            { ...stackTags, "sles-ecs:stack": "organization/shop/dev", "sles-ecs:stack-id": "x" },
        ],
        [
            "another stack's, which keeps it",
            {
                ...stackTags,
                "sles-ecs:stack": "organization/shop/dev",
                "sles-ecs:stack-id": "00000000-0000-4000-8000-00000000beef",
                "sles-ecs:keep": "true",
            },
        ],
        [
            "that of a stack called alike which nobody kept",
            { ...stackTags, "sles-ecs:stack-id": "00000000-0000-4000-8000-00000000dead" },
        ],
    ] as const) {
        it(`refuses a repository that is ${whose}, and makes nothing`, async () => {
            const { recorder, error } = await refused(
                { containerRegistry: { repositories: ["web"] } },
                { repositories: [{ name: "dev/web", tags }] },
            );
            expect((error as Error).message).to.match(
                /^containerRegistry\.repositories\[0\]: the repository dev\/web is there and (was not made by|belongs to) .* \[REPOSITORY_NAME_TAKEN\]/,
            );
            expect(recorder.ofType(repositoryType)).to.deep.equal([]);
        });
    }

    it("refuses another key for a repository that is there", async () => {
        const key = (id: string) => `arn:aws:kms:eu-west-1:${account}:key/${id}`;
        const { error } = await refused(
            { containerRegistry: { repositories: ["web"], kmsKeyId: key("new") } },
            { repositories: [{ name: "dev/web", tags: stackTags, kmsKeyId: key("old") }] },
        );
        expect((error as Error).message).to.contain("[REPOSITORY_UNUSABLE]");
        expect((error as Error).message).to.contain(`is there and encrypted with ${key("old")}`);
    });
});
