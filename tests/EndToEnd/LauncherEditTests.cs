using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>
/// The launcher over a checkout whose host prints one text and whose build takes its time: long enough to edit a source meanwhile.
/// </summary>
[Collection("dotnet cake")]
public sealed class LauncherEditTests : IDisposable
{
    // Before the compiler reads the sources a build makes the edit that waits for it, if one does.
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <AssemblyName>TauPipeline.Host</AssemblyName>
          </PropertyGroup>
          <ItemGroup><Compile Include="../../pipeline/*.cs" /></ItemGroup>
          <Target Name="EditMeanwhile" BeforeTargets="CoreCompile" Condition="Exists('../../edit.cs')">
            <Exec Command="mv ../../edit.cs ../../pipeline/Text.cs" />
          </Target>
        </Project>
        """;

    private readonly TempFolder _folder = new();

    public LauncherEditTests()
    {
        foreach (string file in new[] { "build.cake", "build/host.cake", "cake.config", "global.json", ".config/dotnet-tools.json" })
            Write(file, File.ReadAllText(Checkout.At(file)));
        foreach (string folder in new[] { "pipeline", "stages" }) Directory.CreateDirectory(_folder.At(folder));
        Write(
            "Directory.Build.props",
            "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput><ArtifactsPath>$(MSBuildThisFileDirectory).artifacts</ArtifactsPath></PropertyGroup></Project>"
        );
        Write("build/Host/Host.csproj", Project);
        Write("pipeline/Text.cs", Text("first"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_source_edited_while_it_is_compiled_is_compiled_again()
    {
        Write("edit.cs", Text("second"));

        using ProgramRun first = ProgramRun.CakeIn(_folder.Path, "--explain");
        Write("pipeline/Text.cs", Text("first"));
        using ProgramRun back = ProgramRun.CakeIn(_folder.Path, "--explain");

        first.Output.ShouldBe("second\n", first.Error);
        first.Error.ShouldContain("the sources changed while they were compiled: building again");
        back.Output.ShouldBe("first\n");
        Directory.GetDirectories(_folder.At(".artifacts", "host")).Length.ShouldBe(2);
    }

    private static string Text(string text) => $"System.Console.WriteLine(\"{text}\");\n";

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.At(file))!);
        File.WriteAllText(_folder.At(file), text);
    }
}
