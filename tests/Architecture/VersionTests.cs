using System.Text.Json;
using System.Xml.Linq;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Architecture;

/// <summary>What stands in two files is the same in both.</summary>
public sealed class VersionTests
{
    [Fact]
    public void The_host_is_built_on_the_Cake_that_launches_it()
    {
        string hosted = XDocument.Load(Checkout.At("Directory.Packages.props")).Descendants("CakeVersion").Single().Value;

        using JsonDocument tools = JsonDocument.Parse(File.ReadAllText(Checkout.At(".config", "dotnet-tools.json")));
        string launching = tools.RootElement.GetProperty("tools").GetProperty("cake.tool").GetProperty("version").GetString()!;

        launching.ShouldBe(hosted);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = File.ReadAllText(Checkout.At("TauPipeline.sln")).Replace('\\', '/');

        Checkout.Sources(".csproj", "pipeline", "stages", "build", "tests")
            .Where(file => !solution.Contains($"\"{file}\"", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }
}
