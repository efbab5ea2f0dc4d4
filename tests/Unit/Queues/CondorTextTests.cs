using Shouldly;
using TauPipeline.Queues;
using Xunit;

namespace TauPipeline.Tests.Unit.Queues;

/// <summary>Submit descriptions of three sites, and canned answers.</summary>
public sealed class CondorTextTests
{
    private static readonly QueueSettings Settings = new() { Job = new JobSettings() };

    [Fact]
    public void A_description_says_all_and_no_value_of_the_environment() => Describe(Settings, new JobSettings()).ShouldBe("""
        universe = vanilla
        batch_name = tau-1
        executable = /opt/dotnet
        arguments = "'exec' '/a b/it''s ""host"".dll' '--job=$(ProcId)'"
        output = /q/tau-1/job-$(ProcId).out
        error = /q/tau-1/job-$(ProcId)-err.out
        log = /q/tau-1/job-log.out
        should_transfer_files = NO
        transfer_executable = False
        max_retries = 0
        request_cpus = 2
        request_memory = 1536
        +MaxRuntime = 5400
        getenv = PATH, HOME, USER, LANG, LD_LIBRARY_PATH, DOTNET_ROOT, DOTNET_CLI_HOME, TAU_NODE, TAU_LIBTORCH, X509_USER_PROXY, X509_CERT_DIR, KRB5CCNAME, BEARER_TOKEN, BEARER_TOKEN_FILE
        queue 7

        """);

    // The wall time's name, and what else a site wants, as three of them have it.
    [Theory]
    [InlineData("MaxRuntime", "requirements = (OpSysAndVer =?= \"AlmaLinux9\")", "+MaxRuntime = 5400")]
    [InlineData("RequestRuntime", "requirements = (OpSysAndVer == \"AlmaLinux9\")", "+RequestRuntime = 5400")]
    [InlineData("RequestWalltime", "requirements = (TARGET.ProvidesCPU) && (TARGET.ProvidesIO)", "+RequestWalltime = 5400")]
    public void A_site_has_its_own_words(string attribute, string line, string expected)
    {
        var job = new JobSettings { Account = "cms.tau", Options = [line, "+RemoteJob = True"] };

        string[] lines = Describe(Settings with { TimeAttribute = attribute, AtOnce = 50 }, job).Split('\n');

        lines.ShouldContain(expected);
        lines[^6..].ShouldBe(["max_materialize = 50", "accounting_group = cms.tau", line, "+RemoteJob = True", "queue 7", ""]);
    }

    [Fact]
    public void Answers_are_read_block_by_block_and_rubbish_is_left_out()
    {
        var blocks = CondorText.Blocks("""
            ClusterId = 12
            ProcId = 0
            JobStatus = 2
            RemoteHost = "slot1@node7"
            HoldReason = undefined

            ClusterId = 12
            ProcId = 1
            JobStatus = 1

            -- Schedd: somewhere

            ClusterId = 13
            ProcId = 0
            JobStatus = 5
            HoldReason = "Error from slot1: memory usage exceeded request_memory"
            HoldReasonCode = 34

            ClusterId = 13
            ProcId = 1
            JobStatus = 6
            RemoteHost = slot1@node8

            """);

        CondorText.Queue(blocks).ShouldBe(new Dictionary<JobId, JobState>
        {
            [new("12", 0)] = new("slot1@node7", null, false),
            [new("12", 1)] = new(null, "idle", false),
            [new("13", 1)] = new("slot1@node8", null, false),
        }, ignoreOrder: true);
        CondorText.End(blocks[2]).ShouldBe(new JobEnd("held: Error from slot1: memory usage exceeded request_memory", JobEndKind.OutOfMemory));
    }

    [Theory]
    [InlineData("JobStatus = 4\nExitCode = 0", nameof(JobEndKind.Done))]
    [InlineData("JobStatus = 3\nRemoveReason = \"via condor_rm (by user tau)\"", nameof(JobEndKind.Cancelled))]
    [InlineData("JobStatus = 3\nRemoveReason = \"The system macro SYSTEM_PERIODIC_REMOVE: wall time exceeded\"", nameof(JobEndKind.OutOfTime))]
    [InlineData("JobStatus = 3\nRemoveReason = undefined", nameof(JobEndKind.Lost))]
    [InlineData("JobStatus = 5\nHoldReasonCode = 47", nameof(JobEndKind.OutOfTime))]
    [InlineData("JobStatus = 5\nHoldReasonCode = 13", nameof(JobEndKind.Lost))]
    [InlineData("JobStatus = undefined", nameof(JobEndKind.Lost))]
    public void An_end_means_what_the_manual_says(string attributes, string kind) =>
        $"{CondorText.End(CondorText.Blocks($"ClusterId = 1\nProcId = 0\n{attributes}\n")[0]).Kind}".ShouldBe(kind);

    [Theory]
    [InlineData("Submitting job(s)...\n3 job(s) submitted to cluster 7788.\n", "7788")]
    [InlineData("Submitting job(s)", null)]
    public void The_number_of_a_cluster_is_in_what_is_said(string said, string? cluster) => CondorText.Cluster(said).ShouldBe(cluster);

    private static string Describe(QueueSettings settings, JobSettings job)
    {
        var request = new JobRequest(
            7, 2, 1536L << 20, TimeSpan.FromMinutes(90), job, ["/opt/dotnet", "exec", "/a b/it's \"host\".dll", "--job="]);
        return CondorDescription.Of(new WaveFolder("/q/tau-1"), request, settings);
    }
}
