Shop.namespace('view').checkout = function (form, done) {
  'use strict';

  var $ = jQuery;

  function values() {
    var all = {};
    $.each(form.serializeArray(), function (i, field) {
      all[field.name] = field.value;
    });
    return all;
  }

  function show(problems) {
    form.find('[aria-invalid]').removeAttr('aria-invalid');
    form.find('.problem').text('');
    $.each(problems, function (i, problem) {
      form.find('[name="' + problem.field + '"]').attr('aria-invalid', 'true');
      $('#' + problem.field + '-problem').text(problem.message);
    });
  }

  form.on('submit', function (event) {
    event.preventDefault();
    var problems = Shop.order.check(values());
    show(problems);
    if (problems.length) {
      form.find('[aria-invalid]').first().trigger('focus');
    } else {
      Shop.order.place(values());
      form[0].reset();
    }
  });

  // Once a field is known to be wrong, say at once when it is right.
  form.on('input', '[aria-invalid]', function () {
    var name = this.name;
    var still = $.grep(Shop.order.check(values()), function (problem) { return problem.field === name; });
    if (!still.length) {
      $(this).removeAttr('aria-invalid');
      $('#' + name + '-problem').text('');
    }
  });

  Shop.on('order:placed', function (order) {
    done.html(Shop.template.render('done-template', $.extend({}, order, { total: Shop.format.money(order.total) })));
    done.removeAttr('hidden').trigger('focus');
  });

  Shop.on('cart:changed', function (cart) {
    if (cart.totals().count) {
      done.attr('hidden', '');
    }
  });
};
