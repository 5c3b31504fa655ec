# Sourced by .ci/run: a Docker engine of our own when none answers, ended by its process id.
# shellcheck shell=bash
engine_pid=
engine_folder=

engine_answers() { docker info >/dev/null 2>&1; }

# start_engine FOLDER: its images, sockets and state lie in FOLDER and go with it.
start_engine() {
    local folder=$1
    engine_answers && return 0
    command -v dockerd >/dev/null || return 1
    dockerd --data-root "$folder/docker" --exec-root "$folder/docker-run" --pidfile "$folder/docker.pid" \
        -H "unix://$folder/docker.sock" >"$folder/dockerd.log" 2>&1 &
    engine_pid=$!
    engine_folder=$folder
    export DOCKER_HOST="unix://$folder/docker.sock"
    for _ in {1..60}; do
        engine_answers && return 0
        kill -0 "$engine_pid" 2>/dev/null || break
        sleep 0.5
    done
    tail -5 "$folder/dockerd.log"
    stop_engine
    unset DOCKER_HOST
    return 1
}

stop_engine() {
    [[ -n $engine_pid ]] || return 0
    kill "$engine_pid" 2>/dev/null || true
    wait "$engine_pid" 2>/dev/null || true
    # The engine leaves its network namespace mounted there, and on some systems its folder of images.
    umount "$engine_folder"/docker-run/netns/* "$engine_folder/docker" 2>/dev/null || true
    engine_pid=
}
