using TauPipeline.BuildGraph;

namespace TauPipeline.Tests.Unit.Queues;

/// <summary>
/// Commands that do what HTCondor's do, as far as its manual and those who read what they print tell: they run a description's processes
/// on this machine, and hold, refuse or fall silent as a file beside them says.
/// </summary>
internal sealed class StubPool
{
    private const string State = """
        S="$(dirname "$0")/state"

        """;

    private const string Submit = State + """
        [ ! -e "$S/refuse" ] || { echo "ERROR: on Line 5 of submit file: $(cat "$S/refuse")" >&2; exit 1; }
        get() { sed -n "s/^$1 = //p" "$D" | head -n 1; }
        D="$1"
        n=$(($(cat "$S/last") + 1)); echo $n > "$S/last"; cp "$D" "$S/$n.jdl"
        arguments=$(get arguments); arguments=${arguments#\"}; arguments=${arguments%\"}
        count=$(sed -n 's/^queue //p' "$D")
        i=0
        while [ $i -lt $count ]; do
          job=$n.$i; echo "$(get batch_name)" > "$S/$job.name"; echo 2 > "$S/$job.status"
          if [ "$(cat "$S/hold" 2> /dev/null)" = $i ]; then
            rm "$S/hold"; echo 5 > "$S/$job.status"; echo "memory usage exceeded request_memory" > "$S/$job.hold"
          else
            ( eval "\"$S/../run\" $(get executable) $(printf %s "$arguments" | sed "s/\$(ProcId)/$i/g")" > /dev/null 2>&1 < /dev/null
              echo $? > "$S/$job.code"; [ "$(cat "$S/$job.status")" = 3 ] || echo 4 > "$S/$job.status" ) > /dev/null 2>&1 &
            echo $! > "$S/$job.pid"
          fi
          i=$((i + 1))
        done
        echo "Submitting job(s)."
        echo "$count job(s) submitted to cluster $n."
        """;

    private const string Query = State + """
        case $(basename "$0") in condor_q) wanted="1 2 5 6" ;; *) wanted="3 4" ;; esac
        if [ -e "$S/silent" ]; then rm "$S/silent"; echo "-- Failed to fetch ads from: <127.0.0.1:9618>" >&2; exit 1; fi
        for f in "$S"/*.status; do
          [ -e "$f" ] || continue
          job=$(basename "$f" .status); status=$(cat "$f")
          case " $wanted " in *" $status "*) ;; *) continue ;; esac
          if [ "$1" = -constraint ]; then case "$2" in *"\"$(cat "$S/$job.name")\""*) ;; *) continue ;; esac
          elif [ "$1" != $job ]; then continue; fi
          echo "ClusterId = ${job%.*}"; echo "ProcId = ${job#*.}"; echo "JobStatus = $status"
          if [ -e "$S/$job.hold" ]; then echo "HoldReason = $(cat "$S/$job.hold")"; echo "HoldReasonCode = 34"
          else echo "HoldReason = undefined"; echo "HoldReasonCode = undefined"; fi
          [ $status = 3 ] && echo "RemoveReason = via condor_rm (by user root)" || echo "RemoveReason = undefined"
          echo "RemoteHost = slot1@node"; echo "ExitCode = $(cat "$S/$job.code" 2> /dev/null || echo undefined)"; echo
        done
        """;

    private const string Remove = State + """
        for job in "$@"; do
          [ -e "$S/$job.status" ] || continue
          echo 3 > "$S/$job.status"
          pid=$(cat "$S/$job.pid" 2> /dev/null) && pkill -TERM -P $pid
        done
        echo "Job $* marked for removal"
        """;

    // A step can see, and kill, the process of its job.
    private const string Run = "TOY_JOB=$$ exec \"$@\"";

    private readonly string _state;

    public StubPool(string folder)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        _state = Directory.CreateDirectory(Path.Combine(Folder, "state")).FullName;
        File.WriteAllText(Path.Combine(_state, "last"), "0");
        foreach ((string name, string script) in ((string, string)[])
            [("condor_submit", Submit), ("condor_q", Query), ("condor_history", Query), ("condor_rm", Remove), ("run", Run)])
        {
            File.WriteAllText(Path.Combine(Folder, name), $"#!/bin/sh\n{script}\n");
            ProcessRunner.Run(new ProcessRequest("chmod", ["755", Path.Combine(Folder, name)]), CancellationToken.None);
        }
    }

    /// <summary>The folder of the commands.</summary>
    public string Folder { get; }

    /// <summary>What the clusters were described by, in order.</summary>
    public IReadOnlyList<string> Descriptions =>
        [.. Directory.GetFiles(_state, "*.jdl").Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    /// <summary>How the commands behave from now on: <c>hold</c> (once, that process), <c>refuse</c>, <c>silent</c> (once).</summary>
    public void Set(string how, string text = "") => File.WriteAllText(Path.Combine(_state, how), text);

    /// <summary>Removes a job by hand.</summary>
    public void RemoveByHand(string job) =>
        ProcessRunner.Run(new ProcessRequest(Path.Combine(Folder, "condor_rm"), [job]), CancellationToken.None);
}
