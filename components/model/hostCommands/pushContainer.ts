import { hostCommand, onlyOne } from "./hostCommand";

/** What a host is to push where. */
export interface HostPush {
    readonly packageName: string;
    /** Address of the repository, without a tag. */
    readonly repository: string;
    readonly region: string;
    /** @default - version and release of the package */
    readonly tag?: string;
}

/** Where the packages of SUSE have their images: `native` ones are docker's own, the others are root file systems. */
const folder = "/usr/share/suse-docker-images/";

/** sle2docker names the image after the file, such as sles12-docker.x86_64-1.0.0-Build7.2 (lib/sle2docker/rootfs_image.rb there). */
const activate = `        command -v sle2docker >/dev/null || fail "there is no sle2docker on this host, which $file needs"
        name=\${file##*/}
        said=$(sle2docker activate "\${name%.tar.xz}" 2>&1) || fail "sle2docker cannot activate $name: $said"
        image=$(printf '%s\\n' "$name" |
            sed -n 's,^\\(.*\\)-docker\\..*-\\([0-9][0-9]*\\.[0-9][0-9]*\\.[0-9][0-9]*\\).*$,suse/\\1:\\2,p')
        [ -n "$image" ] || fail "the name of $file does not tell which image sle2docker makes of it"
        docker image inspect "$image" >/dev/null 2>&1 ||
            fail "docker has no image $image, which sle2docker makes of $file"
`;

/**
 * Loads the image of a package and pushes it into a private repository, by the host's own short-lived rights: a token of ECR's, kept
 * in a folder of its own that goes with the command. sle2docker turns root file systems into images
 * (https://github.com/SUSE/sle2docker). The last lines are `image: …`, `tag: …`, `digest: sha256:…`.
 *
 * Amazon ECR refuses a tag that is taken whatever image comes, so that its manifest is looked at first: it names the image by its
 * configuration, and docker's containerd store by the manifest's own digest (OCI image specification, "Image manifest";
 * docs.docker.com/engine/storage/containerd). Then `there already: yes` stands before these lines, and nothing is pushed.
 */
export function pushContainerCommand({ packageName, repository, region, tag = "" }: HostPush): string {
    return hostCommand(
        "push-container",
        { package: packageName, repository, region, tag },
        `${onlyOne}
export HOME=/root
rpm --query "$package" >/dev/null 2>&1 || fail "the package $package is not installed on this host"
command -v docker >/dev/null || fail "there is no docker on this host"
docker version >/dev/null 2>&1 ||
    fail "docker does not answer on this host: docker.service is $(systemctl is-active docker.service || :)"
command -v aws >/dev/null || fail "there is no AWS CLI on this host, which gets the token to push with"
file=$(rpm --query --list "$package" | grep '^${folder}.*\\.tar\\.xz$' || :)
[ -n "$file" ] || fail "the package $package brings no image in ${folder}"
[ "$(printf '%s\\n' "$file" | wc -l)" -eq 1 ] || fail "the package $package brings several images: $(printf '%s ' $file)"
rpm --verify "$package" >/dev/null || fail "the files of $package are not as its package has them: rpm --verify $package"
# A tag has no ~ and no +.
[ -n "$tag" ] || tag=$(rpm --query --queryformat '%{VERSION}-%{RELEASE}' "$package" | tr -c 'A-Za-z0-9_.-' '-')

case $file in
    */native/*)
        said=$(docker load --input "$file" 2>&1) || fail "docker cannot load $file: $said"
        image=$(printf '%s\\n' "$said" | sed -n 's/^Loaded image\\( ID\\)*: //p' | head -n 1)
        ;;
    *)
${activate}        ;;
esac
[ -n "$image" ] || fail "docker has loaded no image of $file"

DOCKER_CONFIG=$(mktemp -d)
export DOCKER_CONFIG
trap 'rm -rf "$DOCKER_CONFIG"' EXIT
trap 'exit 1' HUP INT TERM
token=$(aws ecr get-login-password --region "$region" 2>&1) || fail "the host's role gets no token of ECR: $token"
said=$(printf '%s' "$token" | docker login --username AWS --password-stdin "\${repository%%/*}" 2>&1) ||
    fail "docker cannot log in at \${repository%%/*}: $said"
id=$(docker image inspect --format '{{.Id}}' "$image")
there=$(aws ecr batch-get-image --region "$region" --repository-name "\${repository#*/}" --image-ids "imageTag=$tag" \\
    --query 'images[].[imageId.imageDigest,imageManifest]' --output text 2>/dev/null || :)
case $there in
    '') ;;
    *"$id"*)
        digest=$(printf '%s\\n' "$there" | sed -n '1s/^\\(sha256:[0-9a-f]*\\).*$/\\1/p')
        printf 'there already: yes\\nimage: %s\\ntag: %s\\ndigest: %s\\n' "$image" "$tag" "$digest"
        exit 0
        ;;
    *) fail "the tag $tag already exists in \${repository#*/}, for another image" ;;
esac
docker tag "$image" "$repository:$tag"
said=$(docker push "$repository:$tag" 2>&1) || fail "docker cannot push: $(printf '%s\\n' "$said" | tail -n 1)"
digest=$(printf '%s\\n' "$said" | sed -n 's/^.*digest: \\(sha256:[0-9a-f]*\\).*$/\\1/p' | tail -n 1)
printf 'image: %s\\ntag: %s\\ndigest: %s\\n' "$image" "$tag" "$digest"
`,
    );
}

/** An image of SLES is some 50 MB; a slow way out is given its time. */
export const pushContainerSeconds = 1800;

/** What a push has printed; undefined where it is not what the command prints. */
export function readPushed(output: string):
    | {
          readonly image: string;
          readonly tag: string;
          readonly digest: string;
          /** It was there before, under this tag. */
          readonly wasThere: boolean;
      }
    | undefined {
    const [image, tag, digest] = ["image", "tag", "digest"].map(
        (key) => new RegExp(`^${key}: (\\S+)$`, "m").exec(output)?.[1],
    );
    return image === undefined || tag === undefined || digest === undefined
        ? undefined
        : { image, tag, digest, wasThere: /^there already: yes$/m.test(output) };
}
