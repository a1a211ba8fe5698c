import { hostCaBundle, type HostCapabilities } from "../../capabilities/hostCapabilities";
import { offerServiceConnect } from "./serviceConnect";

/** Where the agent looks for what capabilities need; amazon-ecs-init shows it to the agent (ecs-init/docker/docker.go). */
const depsDirectory = "/var/lib/ecs/deps";

/**
 * The step between the agent's configuration and its start: what ECS offers and the image does not bring. It keeps no host out:
 * what cannot be had is in its line, is tried again at the next boot, and does without its attribute until then.
 */
export function capabilitiesStep(wanted: HostCapabilities): string {
    const offers = [
        ...(wanted.executeCommand === undefined ? [] : [offerExecuteCommand]),
        ...(wanted.serviceConnect === undefined ? [] : [offerServiceConnect]),
    ];
    return [fetch, ...offers, step].join("\n");
}

const step = `step_capabilities() {
    local lacking="" name
    for name in $(conf CAPABILITIES); do
        reason=""
        "offer_$name" || lacking="\${lacking:+$lacking; }$name: $reason"
    done
    reason=$lacking
    [ -z "$lacking" ]
}
`;

/**
 * By Python, which cloud-init brings: SUSE's recipes for ECS images name no curl (SUSE-Enceladus/keg-recipes,
 * data/base/pubcloud/_sles/ecs). It goes by the proxy of its environment.
 */
const fetch = `deps=${depsDirectory}

# fetch URL FILE [SHA256]
fetch() {
    local said try
    for try in 1 2 3; do
        said=$(timeout 120 python3 -c 'import shutil, sys, urllib.request
with urllib.request.urlopen(sys.argv[1], timeout=10) as answer, open(sys.argv[2], "wb") as file:
    shutil.copyfileobj(answer, file)' "$1" "$2" 2>&1) && break
        said=\${said##*$'\\n'}
        said=\${said//;/,}
        reason="$1 could not be downloaded: \${said:-no answer within 120 s}"
        [ $try = 3 ] && return 1
        sleep 2
    done
    [ -z "\${3:-}" ] || [ "$(sha256sum <"$2")" = "$3  -" ] || fail "$1 has another SHA-256 sum than $3"
}
`;

/**
 * What the agent looks for before it offers ECS Exec (amazon-ecs-agent, agent/app/agent_capability.go), put where AWS's own image has
 * it (aws/amazon-ecs-ami, scripts/install-exec-dependencies.sh). Any directory below bin/ that has a version's name counts, so it
 * appears whole. The certificates are SUSE's (ca-certificates), which may change at any boot.
 */
const offerExecuteCommand = `offer_executeCommand() {
    local root=$deps/execute-command new=$deps/execute-command/new url bin file
    url=$(conf EXEC_URL)
    bin=$root/bin/$(conf EXEC_VERSION)
    if [ ! -d "$bin" ]; then
        rm -rf $new
        mkdir -p $new/whole $root/bin || { fail "$root could not be written"; return 1; }
        fetch "$url" $new/archive "$(conf EXEC_SHA256)" || return 1
        tar -xzf $new/archive -C $new --no-same-owner 2>/dev/null
        for file in amazon-ssm-agent ssm-agent-worker ssm-session-worker; do
            { [ -f $new/$file ] && chmod 0755 $new/$file && mv $new/$file $new/whole; } ||
                { fail "$url holds no $file"; return 1; }
        done
        { sync -f $new && mv $new/whole "$bin" && rm -rf $new; } || { fail "$bin could not be written"; return 1; }
    fi
    mkdir -p $root/certs $root/config
    install -m 0400 ${hostCaBundle} $root/certs/tls-ca-bundle.pem 2>/dev/null ||
        fail "$root/certs could not be written"
}
`;
