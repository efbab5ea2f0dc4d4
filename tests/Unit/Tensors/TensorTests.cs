using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Tensors;
using Xunit;

namespace TauPipeline.Tests.Unit.Tensors;

[Collection(TensorFixture.Collection)]
public sealed class TensorTests
{
    [TensorFact]
    public void Numbers_go_in_and_come_out_with_their_shape()
    {
        using Tensor tensor = Tensor.From([1f, 2, 3, 4, 5, 6], 2, 3);

        tensor.Shape.ShouldBe([2L, 3L]);
        tensor.ToFloats().ShouldBe([1f, 2, 3, 4, 5, 6]);
    }

    [TensorFact]
    public void A_shape_that_does_not_fit_the_values_is_a_defect() =>
        Should.Throw<Defect>(() => Tensor.From([1f, 2, 3], 2, 2)).Message.ShouldBe("a tensor of shape [2, 2] is made from 3 values");

    [TensorFact]
    public void Integers_are_not_read_as_floats()
    {
        using Tensor classes = Tensor.From([1L, 2L], 2);

        classes.ToLongs().ShouldBe([1L, 2L]);
        Should.Throw<Defect>(() => classes.ToFloats());
    }

    [TensorFact]
    public void What_libtorch_refuses_is_told_in_its_words()
    {
        using Tensor three = Tensor.From([1f, 2, 3], 3), four = Tensor.From([1f, 2, 3, 4], 4);

        Should.Throw<Defect>(() => three.add(four)).Message.ShouldContain("The size of tensor a (3) must match the size of tensor b (4)");
    }

    [TensorFact]
    public void A_matrix_product_is_rows_times_columns()
    {
        using var scope = new TensorScope();
        Tensor left = Tensor.From([1f, 2, 3, 4], 2, 2), right = Tensor.From([5f, 6, 7, 8], 2, 2);

        left.matmul(right).ToFloats().ShouldBe([19f, 22, 43, 50]);
    }

    [TensorFact]
    public void A_scope_frees_what_was_made_in_it_and_keeps_what_it_is_told_to()
    {
        Tensor kept, freed;
        using (var scope = new TensorScope())
        {
            freed = Tensor.From([1f], 1);
            kept = scope.Keep(freed.add(freed));
        }

        Should.Throw<ObjectDisposedException>(() => freed.ToFloats());
        kept.ToFloats().ShouldBe([2f]);
        kept.Dispose();
    }

    [TensorFact]
    public void A_kept_tensor_belongs_to_the_scope_around()
    {
        Tensor tensor;
        using (var outer = new TensorScope())
        {
            using (var inner = new TensorScope()) tensor = inner.Keep(Tensor.From([1f], 1));
            tensor.ToFloats().ShouldBe([1f]);
        }

        Should.Throw<ObjectDisposedException>(() => tensor.ToFloats());
    }

    [TensorFact]
    public void Without_history_there_is_no_gradient()
    {
        using var scope = new TensorScope();
        Tensor weight = Tensor.From([3f], 1).requires_grad_();
        Tensor loss;
        using (NoGrad.Begin()) loss = weight.mul(weight).sum();

        Should.Throw<Defect>(loss.backward).Message.ShouldContain("does not require grad");
        weight.mul(weight).sum().backward();
        weight.grad()!.item().ShouldBe(6f);
    }
}
