using System.Text.RegularExpressions;
using Shouldly;
using TauPipeline.Tests.Support;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace TauPipeline.Tests.Unit.Tensors;

/// <summary>What compiles and is wrong, or right and slow: found where it stands.</summary>
[Collection(TensorFixture.Collection)]
public sealed partial class TrapTests
{
    [TensorFact]
    public void A_bare_number_given_to_sum_is_taken_for_a_type_so_nobody_gives_one()
    {
        using DisposeScope scope = NewDisposeScope();

        ones(2, 3).sum(0).dtype.ShouldBe(ScalarType.Byte);    // as long as this is so, the rule below is needed
        ones(2, 3).sum([0L]).shape.ShouldBe([3L]);
        Checkout.Sources(".cs", "pipeline", "stages")
            .Where(file => BareNumber().IsMatch(File.ReadAllText(Checkout.At(file))))
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_inner_loop_of_the_matrix_product_shares_its_method_with_no_call()
    {
        string text = File.ReadAllText(Checkout.At("pipeline", "Tensors", "Portable", "MatrixTile.cs"));
        string body = text[text.IndexOf("AggressiveOptimization)]", StringComparison.Ordinal)..];

        Call().Matches(body).Select(call => call.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(["Fma.MultiplyAdd", "Store", "Vector256.Create", "Vector256.Load"]);
    }

    [GeneratedRegex(@"\.(?:sum|mean|prod|cumsum|any|all)\(-?\d")]
    private static partial Regex BareNumber();

    [GeneratedRegex(@"(?<name>(?:(?:Fma|Vector256)\.)?\b(?!Run\b|if\b|for\b)[A-Z]\w+)(?:<[^>]*>)?\(")]
    private static partial Regex Call();
}
