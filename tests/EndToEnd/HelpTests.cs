using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

public sealed class HelpTests
{
    [Fact]
    public void The_help_names_the_stages_the_tools_and_every_option()
    {
        using var folder = new TempFolder();

        using ProgramRun run = ProgramRun.Toy(folder);

        Approve.Text(run.Output.Replace(Checkout.Root, "", System.StringComparison.Ordinal));
    }
}
